"""What both peers have to know of the report: its windows, its metrics, and what a peer is told.

Only definitions stand here, no counting: the two peers share nothing that could be wrong in both.
"""
import argparse
import csv
import os

FILES = ("departments", "staff", "training_sessions", "training_attendance", "issues")


class Window:
    """A half or one of its months, as a range of month numbers (year * 12 + month - 1)."""

    def __init__(self, number, period, month, first, last):
        self.number, self.period, self.month = number, period, month
        self.first, self.last = first, last

    @property
    def first_day(self):
        return f"{self.first // 12:04}-{self.first % 12 + 1:02}-01"

    @property
    def day_after(self):
        return f"{(self.last + 1) // 12:04}-{(self.last + 1) % 12 + 1:02}-01"


def windows(period):
    """The half, the half before, the same half a year earlier, and the half's months."""
    year, half = int(period[:4]), int(period[5])
    first = year * 12 + (half - 1) * 6
    spans = [(first, first + 5, "")] + [(first - back, first - back + 5, "") for back in (6, 12)]
    spans += [(month, month, f"{month // 12:04}-{month % 12 + 1:02}")
              for month in range(first, first + 6)]
    made = []
    for number, (start, end, month) in enumerate(spans):
        name = period if month else f"{start // 12:04}H{start % 12 // 6 + 1}"
        made.append(Window(number, name, month, start, end))
    return made


# (metric, unit, numerator or value, denominator or None), sorted by the metric's name.
TRAINING = [
    ("training.coverage", "ratio", "covered", "headcount"),
    ("training.events", "events", "events", None),
    ("training.hours", "hours", "hours", None),
    ("training.participations", "participations", "participations", None),
    ("training.people", "people", "people", None),
    ("training.per_head", "per_head", "participations", "headcount"),
]
ISSUES = [
    ("issues.closed", "items", "closed", None),
    ("issues.closed_in_time_rate", "ratio", "closed_on_time", "closed_with_due"),
    ("issues.closed_on_time", "items", "closed_on_time", None),
    ("issues.closure_rate", "ratio", "closed_of_raised", "raised"),
    ("issues.days_to_close_median", "days", "days_median", None),
    ("issues.due", "items", "due", None),
    ("issues.due_met_rate", "ratio", "due_met", "due"),
    ("issues.open_at_end", "items", "open_at_end", None),
    ("issues.open_at_start", "items", "open_at_start", None),
    ("issues.overdue_at_end", "items", "overdue_at_end", None),
    ("issues.people", "people", "issue_people", None),
    ("issues.raised", "items", "raised", None),
    ("issues.rechecked", "items", "rechecked", None),
    ("issues.reopened", "items", "reopened", None),
    ("issues.with_measure", "items", "with_measure", None),
]
STAFF = [
    ("staff.employees", "people", "employees", None),
    ("staff.headcount", "people", "headcount", None),
]
VOLUNTEERS = [
    ("volunteers.registered", "people", "registered", None),
    ("volunteers.registration_rate", "ratio", "registered", "employees"),
]
HEADER = "metric,unit,period,month,scope,member,value,numerator,denominator\n"


class Job:
    """The arguments of a peer, and the headings of the files."""

    def __init__(self):
        parser = argparse.ArgumentParser()
        parser.add_argument("workspace")
        parser.add_argument("output")
        parser.add_argument("--period", default="2023H1")
        arguments = parser.parse_args()
        self.workspace, self.output = arguments.workspace, arguments.output
        self.period = arguments.period
        self.windows = windows(arguments.period)
        os.makedirs(self.output, exist_ok=True)
        self.columns = {name: self._heading(name) for name in FILES}

    def path(self, name):
        return os.path.join(self.workspace, f"{name}.csv")

    def target(self, name):
        return os.path.join(self.output, name)

    def has(self, name, column):
        return column in self.columns[name]

    def _heading(self, name):
        with open(self.path(name), encoding="utf-8-sig", newline="") as file:
            return next(csv.reader(file))

    @property
    def metrics(self):
        volunteers = VOLUNTEERS if self.has("staff", "volunteer") else []
        return ISSUES + STAFF + TRAINING + volunteers

    def write_rows(self, read, accepted):
        """Rows read and accepted by file, to be compared with the manifest."""
        with open(self.target("rows.csv"), "w", encoding="utf-8") as file:
            file.write("file,rows_read,rows_accepted\n")
            for name in FILES:
                file.write(f"{name}.csv,{read[name]},{accepted[name]}\n")
