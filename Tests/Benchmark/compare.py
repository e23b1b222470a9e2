"""Compares statistics.csv of several programs row by row: the same keys, the same figures.

The files are sorted alike and read side by side, so that memory does not grow with them. Figures are
equal as numbers, or within 1e-12 of each other (a sum of decimals in another order).

  compare.py REFERENCE/statistics.csv OTHER/statistics.csv …
"""
import csv
import itertools
import json
import math
import os
import sys

TOLERANCE = 1e-12
KEY = ("metric", "unit", "period", "month", "scope", "member")
SHOWN = 20


def same(left, right):
    if left == right:
        return True
    if not left or not right:
        return False
    try:
        return math.isclose(float(left), float(right), rel_tol=TOLERANCE, abs_tol=0)
    except ValueError:
        return False


def lines(path):
    file = open(path, encoding="utf-8-sig", newline="")
    rows = csv.reader(file)
    heading = next(rows)
    expected = [*KEY, "value", "numerator", "denominator"]
    if heading != expected:
        raise SystemExit(f"{path}: the heading is {','.join(heading)}")
    return rows


def differences(reference, other):
    """How many rows of the reference there are, and texts of what differs."""
    count = 0
    found = []
    pairs = itertools.zip_longest(lines(reference), lines(other))
    for count, (left, right) in enumerate(pairs, start=1):
        if left == right:
            continue
        if left is None or right is None or left[:6] != right[:6]:
            found.append(f"row {count + 1}: {left and left[:6]} against {right and right[:6]}")
            break
        if not all(map(same, left[6:], right[6:])):
            found.append(f"row {count + 1}: {left[:6]}: {left[6:]} against {right[6:]}")
            if len(found) == SHOWN:
                break
    return count, found


def row_differences(reference, other):
    """Rows read and accepted: the manifest against a peer's rows.csv, where there are both."""
    manifest = os.path.join(os.path.dirname(reference), "manifest.json")
    rows = os.path.join(os.path.dirname(other), "rows.csv")
    if not os.path.exists(manifest) or not os.path.exists(rows):
        return []
    with open(manifest, encoding="utf-8") as file:
        expected = {entry["file"]: (entry["rows_read"], entry["rows_accepted"])
                    for entry in json.load(file)["inputs"]}
    with open(rows, encoding="utf-8", newline="") as file:
        stated = {entry["file"]: (int(entry["rows_read"]), int(entry["rows_accepted"]))
                  for entry in csv.DictReader(file)}
    return [f"{name}: {expected.get(name)} rows read and accepted against {stated.get(name)}"
            for name in sorted(expected.keys() | stated.keys())
            if name in expected.keys() | stated.keys() and expected.get(name) != stated.get(name)]


def compare(reference, others):
    """Prints what differs; true where nothing does."""
    agrees = True
    for other in others:
        count, found = differences(reference, other)
        found += row_differences(reference, other)
        for text in found:
            print(f"  {text}")
        verdict = "DIFFERS" if found else f"the same {count:,} figures"
        print(f"  {os.path.relpath(other)}: {verdict}", flush=True)
        agrees = agrees and not found
    return agrees


if __name__ == "__main__":
    if len(sys.argv) < 3:
        raise SystemExit(__doc__)
    sys.exit(0 if compare(sys.argv[1], sys.argv[2:]) else 1)
