"""How fast sheets are read, and in how much memory.

Makes workbooks of a million attendance rows and has `halfyear convert --raw` go through each, which reads a
sheet twice: once for its width, once to write it. So many rows a second of one core, the best of three runs; peak
memory of the whole process. `plain` has shared texts and numbers; `merged` a cell merged over every five rows beside
them; `formulas` a formula with its result in every row; `inline` texts within the cells.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import zipfile

import packages

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MEASURE = os.path.join(packages.ROOT, "Tests", "Benchmark", "measure.py")
HEADING = ["session_id", "staff_id", "hours"]


def cells(kind, row):
    session, person = row % 4999, row * 7 % 9973
    if kind == "inline":
        return (f'<c r="A{row}" t="inlineStr"><is><t>T{session:05}</t></is></c>'
                f'<c r="B{row}" t="inlineStr"><is><t>S{person:05}</t></is></c>')
    first = "" if kind == "merged" and row % 5 != 2 else f'<c r="A{row}" t="s"><v>{session}</v></c>'
    return first + f'<c r="B{row}" t="s"><v>{5000 + person}</v></c>'


def sheet(kind, rows, output):
    output.write(f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}"><sheetData>'.encode())
    letters = "".join(f'<c r="{letter}1" t="inlineStr"><is><t>{name}</t></is></c>' for letter, name in zip("ABC", HEADING))
    output.write(f'<row r="1">{letters}</row>'.encode())
    for start in range(2, rows + 2, 1000):
        lines = []
        for row in range(start, min(start + 1000, rows + 2)):
            formula = "<f>1+0.5</f>" if kind == "formulas" else ""
            lines.append(f'<row r="{row}">{cells(kind, row)}<c r="C{row}">{formula}<v>1.5</v></c></row>')
        output.write("".join(lines).encode())
    output.write(b"</sheetData>")
    if kind == "merged":
        # As many as are looked at.
        merged = "".join(f'<mergeCell ref="A{row}:A{row + 4}"/>' for row in range(2, min(rows, 300_000), 5))
        output.write(f"<mergeCells>{merged}</mergeCells>".encode())
    output.write(b"</worksheet>")


def workbook(path, kind, rows):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", f'<Relationships><Relationship Id="a" Type="{RELATIONS}/officeDocument" '
                         'Target="xl/workbook.xml"/></Relationships>')
        archive.writestr("xl/_rels/workbook.xml.rels",
                         f'<Relationships><Relationship Id="a" Type="{RELATIONS}/worksheet" Target="sheet.xml"/>'
                         f'<Relationship Id="b" Type="{RELATIONS}/sharedStrings" Target="texts.xml"/></Relationships>')
        archive.writestr("xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
                         '<sheet name="S" sheetId="1" r:id="a"/></sheets></workbook>')
        texts = [f"T{number:05}" for number in range(5000)] + [f"S{number:05}" for number in range(10_000)]
        archive.writestr("xl/texts.xml", f'<sst xmlns="{MAIN}">' + "".join(f"<si><t>{text}</t></si>" for text in texts)
                         + "</sst>")
        with archive.open("xl/sheet.xml", "w", force_zip64=True) as output:
            sheet(kind, rows, output)


def measured(path):
    """Seconds, processor seconds and mebibytes of one run; a small process starts it, whose memory counts, too."""
    command = [sys.executable, "-I", "-S", MEASURE, os.devnull, packages.program(), "convert", "--raw", path]
    run = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    if run["exit"]:
        raise SystemExit(f"convert ends with {run['exit']}")
    return run["wall"], run["cpu"], run["peak_kb"] / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    chosen = parser.parse_args()
    print(f"{'':10}{'rows/s':>12}{'rows/s of CPU':>16}{'peak MiB':>10}{'of these the rows':>20}")
    with tempfile.TemporaryDirectory() as folder:
        least = os.path.join(folder, "least.xlsx")
        workbook(least, "plain", 1)
        base = min(measured(least)[2] for _ in range(3))
        for kind in ("plain", "merged", "formulas", "inline"):
            path = os.path.join(folder, f"{kind}.xlsx")
            workbook(path, kind, chosen.rows)
            runs = [measured(path) for _ in range(3)]
            seconds, cpu, peak = (min(run[index] for run in runs) for index in range(3))
            print(f"{kind:10}{2 * chosen.rows / seconds:12,.0f}{2 * chosen.rows / cpu:16,.0f}{peak:10.1f}"
                  f"{peak - base:20.1f}", flush=True)
            os.remove(path)


if __name__ == "__main__":
    main()
