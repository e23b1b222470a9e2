"""What stands in the parts of a workbook, read by nothing but the standard library."""

import zipfile
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def cells(path):
    """Every cell that holds something, by sheet and place, and the formulas."""
    values, formulas = {}, {}
    with zipfile.ZipFile(path) as book:
        shared = []
        if "xl/sharedStrings.xml" in book.namelist():
            root = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
            shared = ["".join(text.text or "" for text in item.iter(MAIN + "t")) for item in root]
        names = [sheet.get("name") for sheet in
                 ElementTree.fromstring(book.read("xl/workbook.xml")).iter(MAIN + "sheet")]
        for number, name in enumerate(names, 1):
            root = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
            for cell in root.iter(MAIN + "c"):
                place, value = (name, cell.get("r")), cell.find(MAIN + "v")
                if cell.find(MAIN + "f") is not None:
                    formulas[place] = cell.find(MAIN + "f").text
                if value is None or value.text is None:
                    continue
                kind = cell.get("t", "n")
                if kind == "s":
                    values[place] = shared[int(value.text)]
                elif kind == "n":
                    values[place] = float(value.text)
                else:
                    values[place] = value.text
    # Programs differ in whether they keep cells that hold an empty text.
    return {place: value for place, value in values.items() if value != ""}, formulas


def same(one, other):
    """Equal texts, or numbers that agree to the 15 digits that a spreadsheet keeps."""
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= 1e-14 * max(abs(one), abs(other), 1)
    return one == other
