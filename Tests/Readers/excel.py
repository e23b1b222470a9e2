"""Whether cells of public workbooks are read as Excel itself shows them.

A checkout of SheetJS/test_files has, in its folders 2011, 2013 and 2016, what Excel saved as CSV of the
sheets of other projects' workbooks: `apachepoi_45544.xlsx.0.csv` is the first sheet of Apache POI's `45544.xlsx`.
Where that workbook is found below one of the folders given, `halfyear convert --raw` of the same sheet is compared with it,
cell by cell. Excel writes what a cell shows, this program what it holds: a number agrees if what is shown is its
rounding by the cell's number format, a day or time if the format would show it so. Breaks and blanks within a text
do not count, nor characters that Excel's encoding lacked (it wrote `_` or `?`). Excel leaves out the empty rows and
columns before the first used ones, so that both are laid over each other by their first rows and columns that are
not empty. Ends with 1 below 98 %.
"""
import argparse
import collections
import csv
import datetime
import io
import os
import re
import sys
import warnings

import packages

packages.need("openpyxl", "xlrd")

import openpyxl
import xlrd

import spreadsheets

warnings.simplefilter("ignore")
ISO = re.compile(r"(?:(\d{4})-(\d\d)-(\d\d))?[ T]?(?:(\d\d):(\d\d)(?::(\d\d))?)?$")
TOKEN = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[(\$[^\]]*|[^\]]*)\]|(AM/PM|A/P|y+|m+|d+|h+|s+(?:\.0+)?)|(.)', re.I | re.S)
MONTHS = "January February March April May June July August September October November December".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
# The formats that go with the country's settings, as Excel had them where the files were saved.
COUNTRY = {"mm-dd-yy": "m/d/yy", "mm/dd/yy": "m/d/yy", "m/d/yy h:mm": "m/d/yy h:mm", "[$-F800]": "dddd, mmmm d, yyyy"}


def formats_of(path):
    """By sheet number, row and column the number formats of cells; nothing where the libraries cannot read it."""
    found = collections.defaultdict(lambda: None)
    try:
        if path.lower().endswith(".xls"):
            book = xlrd.open_workbook(path, formatting_info=True, logfile=io.StringIO())
            for number, sheet in enumerate(book.sheets()):
                for row in range(sheet.nrows):
                    for column, cell in enumerate(sheet.row(row)):
                        style = book.xf_list[cell.xf_index]
                        found[number, row, column] = book.format_map[style.format_key].format_str
        else:
            for number, sheet in enumerate(openpyxl.load_workbook(path).worksheets):
                for row in sheet.iter_rows():
                    for cell in row:
                        found[number, cell.row - 1, cell.column - 1] = cell.number_format
    except Exception:  # Both refuse some workbooks that Excel opens.
        pass
    return found


def tokens(form):
    """What a number format says, in order: literals as (text, True), codes as (code, False)."""
    for quoted, escaped, bracketed, code, other in TOKEN.findall(form):
        if bracketed.startswith("$"):
            yield bracketed[1:].split("-")[0], True
        elif quoted or escaped:
            yield quoted or escaped, True
        elif code:
            yield code.lower(), False
        elif other:
            yield other, True


def drawn(own, form):
    """A day or time as a format shows it; nothing where either is none."""
    found = ISO.match(own)
    if not own or not found:
        return None
    year, month, date, hour, minute, second = (int(part) if part else None for part in found.groups())
    day = datetime.date(year, month, date) if year else None
    result, before = "", ""
    parts = list(tokens(COUNTRY.get(form, next((COUNTRY[key] for key in COUNTRY if form.startswith(key + "]")), form))))
    half = any(code in ("am/pm", "a/p") for code, literal in parts if not literal)
    for index, (code, literal) in enumerate(parts):
        following = next((later for later, text in parts[index + 1:] if not text), "")
        if literal:
            result += "" if code in ";@" else code
            continue
        minutes = code[0] == "m" and len(code) < 3 and (before[:1] == "h" or following[:1] == "s")
        if code[0] in "ymd" and not minutes:
            if day is None:
                return None
            result += {"y": lambda: f"{day.year:04}" if len(code) > 2 else f"{day.year % 100:02}",
                       "m": lambda: [str(day.month), f"{day.month:02}", MONTHS[day.month - 1][:3], MONTHS[day.month - 1]]
                       [min(len(code), 4) - 1],
                       "d": lambda: [str(day.day), f"{day.day:02}", DAYS[day.weekday()][:3], DAYS[day.weekday()]]
                       [min(len(code), 4) - 1]}[code[0]]()
        elif code in ("am/pm", "a/p"):
            result += "PM" if (hour or 0) >= 12 else "AM"
        else:
            value = (minute if minutes else second if code[0] == "s" else ((hour or 0) + 11) % 12 + 1 if half else hour) or 0
            whole, point, fraction = code.partition(".")
            # This program knows no fractions of seconds.
            result += (f"{value:02}" if len(whole) > 1 else str(value)) + point + fraction
        before = code
    return result


def without(text):
    return re.sub(r"\s+", "", text)


def same_text(own, shown):
    own, shown = without(own), without(shown)
    return len(own) == len(shown) and all(
        left == right or (right in "_?" and ord(left) > 127) for left, right in zip(own, shown))


def rounding(own, shown, form):
    """Whether what is shown is the number rounded as its format wants it."""
    try:
        number = float(own)
    except ValueError:
        return False
    form = form or ""
    plain = shown
    for literal, is_text in tokens(form):
        if is_text and literal not in "0#?.,-+()%E":
            plain = plain.replace(literal.strip() or " ", "", 1) if literal.strip() else plain
    plain = without(plain).replace(",", "")
    if plain.strip("-") == "" and shown.strip():
        return number == 0 and "-" in form
    found = re.fullmatch(r"(\()?([-+]?)[$£€]?([-+]?)(\d*)(?:\.(\d*))?(?:E([-+]\d+))?(%?)\)?", plain)
    if not found or not (found.group(4) or found.group(5)):
        return False
    negative, sign, inner, whole, decimals, power, percent = found.groups()
    unit = 10.0 ** (int(power or 0) - len(decimals or ""))
    value = int((whole + (decimals or "")) or "0") * unit * (-1 if negative or "-" in (sign, inner) else 1)
    digits = len((whole + (decimals or "")).lstrip("0"))
    if form.lower() in ("", "general", "@") and value != number and digits < 6:
        return False  # A cell without a format shows all the digits that ten places take.
    scale = 100 if percent else 1
    for text, factor in (("K", 1e3), ("M", 1e6)):
        if text in shown and f'"{text}"' in form:
            scale = 1 / factor
    return abs(number * scale - value) <= unit * 0.5 + 1e-12 * abs(value)


def agree(own, shown, form):
    if same_text(own, shown) or (own in ("TRUE", "FALSE") and own == shown.upper()):
        return True
    day = drawn(own, form or "")
    return (day is not None and without(day) == without(shown)) or rounding(own, shown, form)


def pairs(checkout, folders):
    """Excel's CSV files whose workbook is there: the CSV, the workbook, the sheet's number from 0."""
    books = {os.path.basename(path): path for folder in folders for path in spreadsheets.workbooks(folder)}
    for where, _, names in sorted(os.walk(checkout)):
        for name in sorted(names):
            found = re.fullmatch(r"(.+\.xls[xm]?)\.(\d+)\.csv", name, re.I)
            if found:
                book = books.get(found.group(1)) or books.get(found.group(1).partition("_")[2])
                if book:
                    yield os.path.join(where, name), book, int(found.group(2))


def start(rows):
    """The first row and the first column that are not empty."""
    filled = [(row, column) for row, cells in enumerate(rows) for column, cell in enumerate(cells) if cell.strip()]
    return (min(row for row, _ in filled), min(column for _, column in filled)) if filled else (0, 0)


def differences(path, own, forms, number):
    """Cells that one of both has, and those of them that do not agree."""
    with open(path, "rb") as file:
        data = file.read()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("mac_roman")
    theirs = list(csv.reader(io.StringIO(text, newline="")))
    down, across = (max(0, mine - shown) for mine, shown in zip(start(own), start(theirs)))
    theirs = [[]] * down + [[""] * across + row for row in theirs]
    count, wrong = 0, []
    for row in range(max(len(own), len(theirs))):
        left, right = (rows[row] if row < len(rows) else [] for rows in (own, theirs))
        for column in range(max(len(left), len(right))):
            mine, shown = (cells[column] if column < len(cells) else "" for cells in (left, right))
            if mine.strip() or shown.strip():
                count += 1
                form = forms[number, row, column]
                if not agree(mine, shown, form):
                    wrong.append(f"row {row + 1}, column {column + 1}: {mine!r}, Excel shows {shown!r} by {form!r}")
    return count, wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkout", help="where Excel's CSV files are")
    parser.add_argument("workbooks", nargs="*", help="folders of workbooks; by default those of spreadsheets.py")
    chosen = parser.parse_args()
    folders = chosen.workbooks or [os.path.join(packages.FOLDER, "workbooks")]
    counts, known = collections.Counter(), {}
    for path, book, number in pairs(chosen.checkout, folders):
        own, trouble = spreadsheets.convert(book, str(number + 1))
        counts["sheets" if own is not None else "sheets refused"] += 1
        if own is None:
            print(f"  {os.path.basename(path)}: {trouble}")
            continue
        if book not in known:
            known = {book: formats_of(book)}
        count, wrong = differences(path, own, known[book], number)
        counts["cells"] += count
        counts["cells that agree"] += count - len(wrong)
        for line in wrong:
            print(f"  {os.path.basename(path)}, {line}")
    if not counts["cells"]:
        print("skipped: no CSV of Excel whose workbook is here")
        return
    share = counts["cells that agree"] / counts["cells"]
    print(", ".join(f"{counts[key]:,} {key}" for key in ("sheets", "sheets refused", "cells")))
    print(f"{share:.2%} of the cells agree")
    if share < 0.98:
        sys.exit(1)


if __name__ == "__main__":
    main()
