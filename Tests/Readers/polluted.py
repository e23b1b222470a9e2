"""How well polluted text files are read with nothing told, beside CleverCSV, Python's csv.Sniffer and DuckDB.

Each reader gets the file and nothing else; the sniffers, which do not look for the encoding, are handed the text
in UTF-8. `rows` and `cells` are mean F1 scores over all files: of the rows of the table (the heading among them;
titles and footnotes are none), and of their cells. `raw` counts the rows of titles and footnotes as rows, so that
only dialect and encoding are looked at; DuckDB cannot be asked for that.
"""
import argparse
import collections
import csv
import io
import os
import subprocess
import tempfile

import packages

packages.need("clevercsv", "duckdb")

import clevercsv
import duckdb

import pollution


def rows_of(reader):
    return [list(row) for row in reader]


def halfyear(path, text, raw=False):
    command = [packages.program(), "convert", path] + (["--raw"] if raw else [])
    run = subprocess.run(command, capture_output=True)
    return rows_of(csv.reader(io.StringIO(run.stdout.decode(), newline="")))


def clever(path, text):
    # It takes minutes for what is much longer.
    dialect = clevercsv.Sniffer().detect(text[:6000], verbose=False)
    if dialect is None:
        return rows_of(csv.reader(io.StringIO(text, newline="")))
    return rows_of(clevercsv.reader(io.StringIO(text, newline=""), dialect))


def sniffer(path, text):
    try:
        dialect = csv.Sniffer().sniff(text[:65536])
    except csv.Error:
        dialect = csv.excel
    return rows_of(csv.reader(io.StringIO(text, newline=""), dialect))


def duck(path, text):
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="", suffix=".csv") as file:
        file.write(text)
        file.flush()
        for further in ("", ", strict_mode=false, null_padding=true, ignore_errors=true, parallel=false"):
            try:
                found = duckdb.sql(f"from read_csv('{file.name}', all_varchar=true{further})")
                table = [[cell or "" for cell in row] for row in found.fetchall()]
                names = found.columns
                # Names that it makes itself are no heading.
                made = all(name.startswith("column") and name[6:].isdigit() for name in names)
                return table if made else [list(names)] + table
            except duckdb.Error:
                continue
    return []


READERS = {"halfyear": halfyear, "CleverCSV": clever, "csv.Sniffer": sniffer, "DuckDB": duck}


def cleaned(rows):
    """Without white space at the ends of cells, empty cells at the ends of rows, and empty rows."""
    result = []
    for row in rows:
        row = ["\n".join(line.strip() for line in cell.splitlines()).strip() for cell in row]
        while row and not row[-1]:
            row.pop()
        if row:
            result.append(tuple(row))
    return result


def f1(expected, found, broken=0):
    wanted, got = collections.Counter(expected), collections.Counter(found)
    both = sum((wanted & got).values())
    if not wanted:
        return 1.0 if not got else 0.0
    count = max(sum(got.values()) - broken, both)
    return 2 * both / (sum(wanted.values()) + count) if both else 0.0


def score(file, rows):
    expected, found = cleaned(file.table), cleaned(rows)
    most = max(map(len, expected), default=0)
    cells = [cell for row in found for cell in row if cell]
    return (f1(expected, found, file.broken),
            f1([cell for row in expected for cell in row if cell], cells, file.broken * (most + 3)))


def raw_rows(file, rows):
    """Rows of titles and footnotes are right however they are split."""
    expected, found = cleaned(file.table), cleaned(rows)
    extra = max(0, len([line for line in file.text.splitlines() if line.strip(" ,;\t|")]) - len(expected))
    return f1(expected, found, max(file.broken, extra if "titles" in file.name or "footnotes" in file.name else 0))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=20240701)
    parser.add_argument("--losses", help="list the files that a reader reads badly")
    parser.add_argument("--only", help="one reader alone")
    chosen = parser.parse_args()
    made = pollution.files(chosen.seed)
    readers = {name: read for name, read in READERS.items() if chosen.only in (None, name)}
    totals = {name: [0.0, 0.0, 0.0] for name in readers}
    kinds = collections.defaultdict(lambda: collections.defaultdict(list))
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "table.csv")
        for file in made:
            with open(path, "wb") as output:
                output.write(file.bytes)
            for name, read in readers.items():
                try:
                    rows = read(path, file.text)
                    raw = halfyear(path, file.text, raw=True) if name == "halfyear" else rows
                    result = (*score(file, rows), raw_rows(file, raw))
                except Exception:  # A reader that gives up has read nothing.
                    result = (0.0, 0.0, 0.0)
                for index, value in enumerate(result):
                    totals[name][index] += value
                kinds[" ".join(file.name.split()[1:3]).split("'")[0].split('"')[0].strip()][name].append(result[0])
                if chosen.losses == name and result[0] < 0.999:
                    print(f"  {file.name}: rows {result[0]:.3f}, cells {result[1]:.3f}, raw {result[2]:.3f}")
    print(f"{len(made)} files of seed {chosen.seed}")
    print(f"{'':14}{'rows':>8}{'cells':>8}{'raw':>8}")
    for name, (rows, cells, raw) in totals.items():
        shown = "–" if name == "DuckDB" else f"{raw / len(made):.3f}"
        print(f"{name:14}{rows / len(made):8.3f}{cells / len(made):8.3f}{shown:>8}")
    print("\nrows, by kind")
    print(f"{'':24}" + "".join(f"{name:>13}" for name in readers))
    for kind, by in sorted(kinds.items()):
        print(f"{kind:24}" + "".join(f"{sum(by[name]) / len(by[name]):13.3f}" for name in readers))


if __name__ == "__main__":
    main()
