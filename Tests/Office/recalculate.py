"""Lets LibreOffice calculate a workbook anew and proves that nothing in it changes.

    python3 Tests/Office/recalculate.py reports/shiyan-2023/2023H1/half-year.xlsx

The same is done to a copy in which one stored value is wrong: unless it comes back right, nothing was
calculated, and the comparison would prove nothing.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from xml.etree import ElementTree

from parts import MAIN, cells, same

# Always calculate what other programs have written, when it is loaded.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"
  xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def recalculated(path, folder):
    """The workbook as LibreOffice writes it after calculating it."""
    home = pathlib.Path(folder) / "home"
    user = home / "profile" / "user"
    user.mkdir(parents=True, exist_ok=True)
    (user / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
    target = pathlib.Path(folder) / "calculated"
    shutil.rmtree(target, ignore_errors=True)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{home}/profile", "--headless",
         "--convert-to", "xlsx", "--outdir", str(target), str(path)],
        check=True, env={**os.environ, "HOME": str(home)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return target / pathlib.Path(path).name


def wrong_copy(path, folder):
    """A copy in which the stored value of one sum is wrong, the place, and the right value."""
    copy = pathlib.Path(folder) / "wrong.xlsx"
    changed = None
    with zipfile.ZipFile(path) as book, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new:
        for part in book.namelist():
            data = book.read(part)
            if changed is None and part.startswith("xl/worksheets/sheet"):
                text = data.decode("utf-8")
                found = re.search(r'<c r="([A-Z]+\d+)"[^>]*><f>S[^<]*</f><v>(\d+)</v>', text)
                if found:
                    changed = (part, found.group(1), float(found.group(2)))
                    text = text[:found.start(2)] + "123456789" + text[found.end(2):]
                    data = text.encode("utf-8")
            new.writestr(part, data)
    return copy, changed


def main(path):
    with tempfile.TemporaryDirectory() as folder:
        before, formulas = cells(path)
        after, _ = cells(recalculated(path, folder))
        places = sorted(set(before) | set(after))
        changed = [place for place in places
                   if place not in before or place not in after
                   or not same(before[place], after[place])]
        for place in changed[:20]:
            print(f"{place[0]}!{place[1]}: {before.get(place)!r} became {after.get(place)!r}")
        copy, (part, place, right) = wrong_copy(path, folder)
        number = int(re.search(r"\d+", part).group())
        names = list(dict.fromkeys(sheet for sheet, _ in before))
        with zipfile.ZipFile(path) as book:
            names = [sheet.get("name") for sheet in ElementTree.fromstring(
                book.read("xl/workbook.xml")).iter(MAIN + "sheet")]
        corrected = cells(recalculated(copy, folder))[0].get((names[number - 1], place))
        if corrected != right:
            sys.exit(f"LibreOffice did not calculate: {names[number - 1]}!{place} is {corrected!r}")
    print(f"{len(before)} cells, {len(formulas)} formulas: "
          + (f"{len(changed)} changed" if changed else "none changed"))
    sys.exit(1 if changed or not formulas else 0)


main(sys.argv[1])
