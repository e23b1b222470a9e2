"""How well the files of a checkout of the Pollock benchmark are read with nothing told, beside published readers.

The checkout (of HPI-Information-Systems/Pollock) has a folder of files `csv` and one of what they hold, `clean`,
under `polluted_files` (2,290 files made from one table) and `survey_sample` (100 public ones). Every reader gets a file
and nothing else; what it reads is compared with the clean file by the benchmark's own ten figures. Their sum, at most
10, is averaged over all files (`simple`) and with the weights of `pollock_weights.json`, which say how often a kind of
pollution was met in public files (`weighted`). A reader that gives up has 0.
"""
import argparse
import collections
import concurrent.futures
import csv
import json
import math
import os
import re

import packages

packages.need("clevercsv", "duckdb", "pandas")

import clevercsv
import duckdb
import pandas

import polluted

csv.field_size_limit(1 << 30)


def sniffed(module):
    """A module's sniffer, which looks at the whole text and is believed."""
    def read(path, text):
        dialect = module.Sniffer().sniff(text)
        if dialect is None:
            raise ValueError("no dialect")
        return polluted.rows_of(module.reader(polluted.io.StringIO(text, newline=""), dialect))
    return read


def duck(typed):
    """DuckDB's sniffer, asked to go on where rows are broken; with its types a day, say, is written anew."""
    def read(path, text):
        with duckdb.connect() as connection:
            found = connection.read_csv(path, strict_mode=False, ignore_errors=True, null_padding=True, parallel=False,
                                        all_varchar=not typed)
            if typed:
                return rows_of_frame(found.df())
            return [found.columns] + [["" if cell is None else cell for cell in row] for row in found.fetchall()]
    return read


def rows_of_frame(frame):
    return polluted.rows_of(csv.reader(polluted.io.StringIO(frame.to_csv(index=False), newline="")))


def panda(path, text):
    return rows_of_frame(pandas.read_csv(polluted.io.StringIO(text, newline=""), sep=None, engine="python", dtype=str,
                                         keep_default_na=False, on_bad_lines="skip"))


READERS = {"halfyear": polluted.halfyear,
           "halfyear --raw": lambda path, text: polluted.halfyear(path, text, raw=True),
           "CleverCSV": sniffed(clevercsv), "csv.Sniffer": sniffed(csv), "DuckDB": duck(False),
           "DuckDB, typed": duck(True), "pandas sep=None": panda}

TIME = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d))?$")
DAY = re.compile(r"(?:(\d{1,2})/(\d{1,2})/(\d{4})|(\d{4})-(\d\d)-(\d\d))$")
PRICE = re.compile(r"[$£€]\s?(\d[\d,]*(?:\.\d+)?)$")


def plain(cell):
    """A cell as the benchmark compares headings and records: numbers, times, days and prices by what they mean."""
    try:
        number = float(cell)
        if math.isfinite(number):
            return str(int(number)) if re.fullmatch(r"\s*[+-]?\d+\s*", cell) else str(number)
    except ValueError:
        pass
    if found := TIME.match(cell):
        hour, minute, second = found.groups()
        return f"{int(hour):02}:{minute}:{second or '00'}"
    if found := DAY.match(cell):
        day, month, year, *iso = found.groups()
        return "{}-{:02}-{:02}".format(*map(int, iso if iso[0] else (year, month, day)))
    if found := PRICE.match(cell):
        return cell[0] + str(float(found.group(1).replace(",", "")))
    return cell.lower()


def shares(wanted, got):
    """Of what is wanted, of what was got, and their harmonic mean."""
    if not wanted:
        return [1.0, 1.0, 1.0]
    both = sum((collections.Counter(wanted) & collections.Counter(got)).values())
    if not both:
        return [0.0, 0.0, 0.0]
    of_wanted, of_got = both / len(wanted), both / len(got)
    return [of_wanted, of_got, 2 * of_wanted * of_got / (of_wanted + of_got)]


def figures(clean, found):
    """The benchmark's ten: read at all; heading, records (the texts of their cells put together) and cells."""
    if not clean:
        return [1.0] * 10
    heading = shares(list(map(plain, clean[0])), list(map(plain, found[0])) if found else [])
    records = [["".join(map(plain, row)) for row in rows[1:]] for rows in (clean, found)]
    cells = [[cell for row in rows for cell in row] for rows in (clean, found)]
    return [1.0, *heading, *shares(*records), *shares(*cells)]


def lines(rows):
    """Breaks within cells as one kind of break."""
    return [[cell.replace("\r\n", "\n").replace("\r", "\n") for cell in row] for row in rows]


def text_of(path):
    with open(path, "rb") as file:
        data = file.read()
    for encoding in ("utf-8-sig", "cp1252", "latin-1"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue


def measured(folder, name, readers):
    """By reader, the ten figures of one file."""
    path = os.path.join(folder, "csv", name)
    with open(os.path.join(folder, "clean", name), encoding="utf-8-sig", newline="") as file:
        clean = lines(csv.reader(file))
    text, result = text_of(path), {}
    for reader in readers:
        try:
            result[reader] = figures(clean, lines(READERS[reader](path, text)))
        except Exception:  # A reader that gives up has read nothing.
            result[reader] = [0.0] * 10
    return name, result


def is_pointer(path):
    """Whether a checkout has but the name of a large file's content."""
    with open(path, "rb") as file:
        return file.read(42).startswith(b"version https://git-lfs")


def kind(name):
    return re.sub(r"\d+|_col\d+|_0x20", "", name.removesuffix(".csv")) if name.startswith("row_") else name


def report(results, readers, weights):
    total = sum(weights.values())
    print(f"{len(results)} files\n{'':28}{'simple':>9}{'weighted':>10}{'read':>7}{'heading':>9}{'records':>9}{'cells':>7}")
    for reader in readers:
        rows = {name: by[reader] for name, by in results.items()}
        simple = sum(map(sum, rows.values())) / len(rows)
        weighted = sum(sum(row) * weights.get(name, 0) for name, row in rows.items()) / total if total else simple
        means = [sum(row[index] for row in rows.values()) / len(rows) for index in (0, 3, 6, 9)]
        print(f"{reader:28}{simple:9.3f}{weighted:10.3f}{means[0]:7.3f}{means[1]:9.3f}{means[2]:9.3f}{means[3]:7.3f}")
    print("\nof 10, by kind")
    print(f"{'':44}" + "".join(f"{reader:>16}" for reader in readers))
    kinds = collections.defaultdict(list)
    for name, by in results.items():
        kinds[kind(name)].append(by)
    for name, some in sorted(kinds.items()):
        means = [sum(sum(by[reader]) for by in some) / len(some) for reader in readers]
        print(f"{name[:38]:38}{len(some):6}" + "".join(f"{mean:16.3f}" for mean in means))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkout")
    parser.add_argument("--only", nargs="*", help="these readers alone")
    parser.add_argument("--jobs", type=int, default=2)
    chosen = parser.parse_args()
    readers = chosen.only or list(READERS)
    weights_file = os.path.join(chosen.checkout, "pollock_weights.json")
    for part in ("polluted_files", "survey_sample"):
        folder = os.path.join(chosen.checkout, part)
        there = [set(os.listdir(os.path.join(folder, name))) if os.path.isdir(os.path.join(folder, name)) else set()
                 for name in ("csv", "clean")]
        names = sorted(there[0] & there[1])
        if not names:
            print(f"skipped: {folder} has no files csv/* with clean/*")
            continue
        if any(is_pointer(os.path.join(folder, "csv", name)) for name in names[:100]):
            print(f"skipped: {folder} has pointers to its files alone; git lfs pull fetches them")
            continue
        with concurrent.futures.ProcessPoolExecutor(chosen.jobs) as pool:
            results = dict(pool.map(measured, [folder] * len(names), names, [readers] * len(names), chunksize=16))
        weights = {}
        if part == "polluted_files" and os.path.exists(weights_file):
            with open(weights_file) as file:
                weights = {name: weight for name, weight in json.load(file).items() if name in results}
        print(f"{part}: ", end="")
        report(results, readers, weights)


if __name__ == "__main__":
    main()
