"""Opens workbooks with openpyxl, which reads every part into types of its own and refuses what the format
does not know, and proves that it finds the same cells in them as stand in the parts themselves.

    python3 Tests/Office/read.py reports/shiyan-2023/2023H1/half-year.xlsx …
"""

import sys
import warnings

import openpyxl

from parts import cells, same


def read(path):
    """Every cell that openpyxl finds, formulas by their stored values."""
    book = openpyxl.load_workbook(path, data_only=True)
    values = {}
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None and cell.value != "":
                    value = float(cell.value) if isinstance(cell.value, int) else cell.value
                    values[sheet.title, cell.coordinate] = value
    return book, values


def objections(path):
    """What openpyxl sees otherwise than it stands in the parts."""
    with warnings.catch_warnings():
        # A warning tells that something in the file was not understood, and dropped.
        warnings.simplefilter("error")
        # The bars within cells, which openpyxl leaves alone.
        warnings.filterwarnings("ignore", r"(Unknown|Conditional Formatting) extension")
        book, values = read(path)
    stored, formulas = cells(path)
    found = [f"{place[0]}!{place[1]}: {stored.get(place)!r} was read as {values.get(place)!r}"
             for place in sorted(set(stored) | set(values))
             if not same(stored.get(place), values.get(place))]
    names = [name for sheet in book.worksheets for name in sheet.tables]
    if len(names) != len(set(name.lower() for name in names)):
        found.append("two tables have one name")
    for sheet in book.worksheets:
        for table in sheet.tables.values():
            headings = [cell.value for cell in sheet[table.ref][0]]
            if headings != [column.name for column in table.tableColumns]:
                found.append(f"{sheet.title}: table {table.name} has other headings than its sheet")
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.hyperlink):
            place = cell.hyperlink.location
            target = place.rsplit("!", 1)[0].strip("'").replace("''", "'") if place else None
            if target is not None and target not in book.sheetnames:
                found.append(f"{sheet.title}!{cell.coordinate} leads to no sheet: {target}")
    if not values:
        found.append("no cell was read")
    charts = sum(len(sheet._charts) for sheet in book.worksheets)
    return found, [len(book.worksheets), len(values), len(formulas), len(names), charts]


def main(paths):
    failed, sums = not paths, [0] * 5
    for path in paths:
        found, counts = objections(path)
        sums = [sum(pair) for pair in zip(sums, counts)]
        for objection in found[:20]:
            failed = True
            print(f"{path}: {objection}")
    print("{} workbooks: {} sheets, {} cells, {} formulas, {} tables, {} charts".format(len(paths), *sums))
    sys.exit(1 if failed else 0)


main(sys.argv[1:])
