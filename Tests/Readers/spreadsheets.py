"""Whether the cells of public workbooks are read as LibreOffice reads them.

Fetches the sources of packages that hold workbooks of all kinds and ages, most of them made by Excel, some broken
on purpose; has LibreOffice write every sheet as CSV, each value as it would be typed; and compares cell by cell
with `halfyear convert --raw`. No file that this program refuses is left out of the counts of files. Ends with 1
where fewer than 98 % of the cells agree, or where the program crashes, hangs or takes more than 1 GiB.
"""
import argparse
import collections
import csv
import glob
import io
import math
import os
import re
import resource
import subprocess
import sys
import tempfile

import packages

SOURCES = ["libapache-poi-java", "gnumeric", "python-xlrd"]
# Comma, double quote, UTF-8, from row 1, nothing quoted but where needed, values as typed, all sheets.
FILTER = "csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,false,true,false,false,false,-1"
GIBIBYTE = 1 << 30


def fetch(folder):
    """The packages' sources, unpacked; False where they cannot be had."""
    os.makedirs(folder, exist_ok=True)
    lists, source_list = os.path.join(folder, "lists"), os.path.join(folder, "sources.list")
    os.makedirs(os.path.join(lists, "partial"), exist_ok=True)
    known = subprocess.run(["apt-get", "indextargets", "--format", "$(SITE) $(RELEASE) $(COMPONENT)",
                            "Created-By: Packages"], capture_output=True, text=True).stdout
    with open(source_list, "w") as file:
        for line in sorted(set(known.split("\n")) - {""}):
            file.write(f"deb-src {line}\n")
    apt = ["apt-get", "-q", "-o", f"Dir::Etc::SourceList={source_list}", "-o", "Dir::Etc::SourceParts=-",
           "-o", f"Dir::State::Lists={lists}", "-o", "APT::Sandbox::User=root"]
    steps = [apt + ["update"]] + [apt + ["source", "--download-only", name] for name in SOURCES]
    if any(subprocess.run(step, cwd=folder, stdout=subprocess.DEVNULL).returncode for step in steps):
        return False
    for archive in glob.glob(os.path.join(folder, "*.orig.tar.*")):
        subprocess.run(["tar", "xf", archive, "-C", folder], check=True)
    return True


def workbooks(folder):
    names = (os.path.join(where, name) for where, _, files in os.walk(folder) for name in files)
    return sorted(name for name in names if name.lower().endswith((".xls", ".xlsx", ".xlsm")))


def by_office(files, folder):
    """Every sheet that LibreOffice can read: by file and sheet."""
    for start in range(0, len(files), 25):
        some = files[start:start + 25]
        for batch in [some] if office(some, folder) else [[name] for name in some]:
            office(batch, folder)


def office(files, folder):
    left = [name for name in files if not glob.glob(glob.escape(target(name, folder)) + "/*.csv")]
    for name in left:
        os.makedirs(target(name, folder), exist_ok=True)
    by_stem = collections.defaultdict(list)
    for name in left:
        by_stem[os.path.splitext(os.path.basename(name))[0]].append(name)
    complete = True
    # Files of one name would write over each other's sheets.
    for turn in range(max(map(len, by_stem.values()), default=0)):
        batch = [names[turn] for names in by_stem.values() if len(names) > turn]
        with tempfile.TemporaryDirectory() as out, tempfile.TemporaryDirectory() as home:
            command = ["soffice", "--headless", "--convert-to", FILTER, "--outdir", out, *batch]
            try:
                subprocess.run(command, env={**os.environ, "HOME": home}, capture_output=True,
                               timeout=60 + 5 * len(batch))
            except subprocess.TimeoutExpired:
                complete = False
            for name in batch:
                stem = os.path.splitext(os.path.basename(name))[0]
                for made in glob.glob(f"{glob.escape(os.path.join(out, stem))}-*.csv"):
                    sheet = os.path.basename(made)[len(stem) + 1:-4]
                    os.rename(made, os.path.join(target(name, folder), sheet.replace("/", "_") + ".csv"))
    return complete


def target(name, folder):
    return os.path.join(folder, re.sub(r"[^\w.-]", "_", name)[-150:])


def limited():
    resource.setrlimit(resource.RLIMIT_DATA, (GIBIBYTE, GIBIBYTE))


def convert(name, sheet):
    """How this program reads a sheet, and how it ended."""
    command = [packages.program(), "convert", "--raw", "--sheet", sheet, name]
    try:
        run = subprocess.run(command, capture_output=True, timeout=60, preexec_fn=limited)
    except subprocess.TimeoutExpired:
        return None, "hangs"
    if run.returncode == 0:
        return list(csv.reader(io.StringIO(run.stdout.decode(), newline=""))), None
    said = run.stderr.decode().strip().split("\n")[0]
    return None, said if run.returncode in (64, 65, 66) else f"ends with {run.returncode}"


DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: (\d{1,2}):(\d\d)(?::(\d\d))?(?: ([AP]M))?)?$")
CLOCK = re.compile(r"(-?\d+):(\d\d)(?::(\d\d(?:\.\d+)?))?(?: ([AP]M))?$")


def value(text):
    """A cell without what only its look adds: the sign of a percentage, the order of a day's parts."""
    text = text.replace("\r\n", "\n").strip()
    day = DAY.match(text)
    if day:
        month, date, year, hour, minute, second, half = day.groups()
        hour = int(hour or 0) % 12 + (12 if half == "PM" else 0) if half else int(hour or 0)
        clock = f" {hour:02}:{minute}" if minute and (hour or int(minute)) else ""
        return f"{int(year):04}-{int(month):02}-{int(date):02}{clock}"
    clock = CLOCK.match(text)
    if clock:
        hour, minute, _, half = clock.groups()
        hour = int(hour) % 12 + (12 if half == "PM" else 0) if half else int(hour)
        return f"{hour:02}:{minute}"
    percent = text.endswith("%")
    try:
        number = float(text[:-1] if percent else text)
        return number / 100 if percent else number
    except ValueError:
        iso = re.match(r"(\d{4}-\d\d-\d\d \d\d:\d\d)", text)
        return re.sub(r"\s+", " ", iso.group(1) if iso else text)


def agree(left, right):
    left, right = value(left), value(right)
    if isinstance(left, float) and isinstance(right, float):
        return math.isclose(left, right, rel_tol=1e-9, abs_tol=1e-12)
    return left == right or str(left).upper() == str(right).upper()


def compare(name, folder, counts, worst):
    for path in sorted(glob.glob(glob.escape(target(name, folder)) + "/*.csv")):
        with open(path, encoding="utf-8", errors="replace", newline="") as file:
            theirs = list(csv.reader(file))
        if sum(map(len, theirs)) > 3_000_000:
            continue
        own, trouble = convert(name, os.path.basename(path)[:-4])
        if own is None:
            counts["sheets refused"] += 1
            worst.append((0, f"{os.path.basename(name)}: {trouble}"))
            if trouble.startswith(("hangs", "ends with")):
                counts["failures"] += 1
            continue
        counts["sheets"] += 1
        good = bad = 0
        for row in range(max(len(own), len(theirs))):
            left, right = (rows[row] if row < len(rows) else [] for rows in (own, theirs))
            for column in range(max(len(left), len(right))):
                cells = [cells[column] if column < len(cells) else "" for cells in (left, right)]
                if any(cell.strip() for cell in cells):
                    good, bad = (good + 1, bad) if agree(*cells) else (good, bad + 1)
        counts["cells"] += good + bad
        counts["cells that agree"] += good
        if bad:
            worst.append((bad, f"{os.path.basename(name)}, {os.path.basename(path)[:-4]}: {bad} of {good + bad}"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", default=os.path.join(packages.FOLDER, "workbooks"))
    parser.add_argument("--folder", help="workbooks that are there already")
    parser.add_argument("--most", type=int, help="only so many files, evenly chosen")
    chosen = parser.parse_args()
    folder = chosen.folder or chosen.cache
    if not chosen.folder and not workbooks(folder) and not fetch(folder):
        print("skipped: the sources of packages cannot be fetched here")
        return
    files = workbooks(folder)
    if chosen.most:
        files = files[::max(1, len(files) // chosen.most)]
    sheets = os.path.join(chosen.cache, "sheets")
    by_office(files, sheets)
    counts, worst = collections.Counter(files=len(files)), []
    for name in files:
        compare(name, sheets, counts, worst)
    for _, line in sorted(worst, reverse=True)[:40]:
        print(f"  {line}")
    print(", ".join(f"{counts[key]:,} {key}" for key in ("files", "sheets", "sheets refused", "cells")))
    share = counts["cells that agree"] / max(1, counts["cells"])
    print(f"{share:.2%} of the cells agree")
    if counts["failures"] or share < 0.98:
        sys.exit(1)


if __name__ == "__main__":
    main()
