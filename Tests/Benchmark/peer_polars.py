"""The half-year job in Polars: read, check, count, write statistics.csv and the workbook.

Files are scanned by the streaming engine, references become row numbers on the way, and people are
told apart by one bit mask a person (a bit a month) instead of an n_unique a window.
"""
import polars as pl

from plan import HEADER, Job

job = Job()
W = job.windows
HALVES = [w for w in W if not w.month]
FIRST, LAST = min(w.first for w in W), max(w.last for w in W)
MONTHS = LAST - FIRST + 1
BEFORE, AFTER = -1, MONTHS
BITS = 20  # values of a breakdown in one mask, three halves each
col, lit = pl.col, pl.lit


def scan(name):
    return pl.scan_csv(job.path(name), infer_schema=False, empty_string_is_null=False)


def collect(frame):
    return frame.collect(engine="streaming")


def text(name, column):
    """A trimmed cell; empty where the file has no such column."""
    return col(column).str.strip_chars() if job.has(name, column) else lit("")


def day(name, column):
    """A day in the spellings that cannot be mistaken; the rare ones are tried on what is left."""
    if not job.has(name, column):
        return lit(None, dtype=pl.Date)
    x = col(column)
    usual = x.str.to_date("%Y-%m-%d", strict=False)
    rest = pl.when(usual.is_null() & (x != "")).then(x).str.strip_chars().str.replace_all(
        "日", "").str.replace_all("[/.年月]", "-")
    return pl.coalesce(usual, rest.str.to_date("%Y-%m-%d", strict=False),
                       rest.str.to_date("%Y%m%d", strict=False))


def number(name, column):
    if not job.has(name, column):
        return lit(None, dtype=pl.Float64)
    return col(column).str.strip_chars().cast(pl.Float64, strict=False)


def flag(name, column):
    if not job.has(name, column):
        return lit(False)
    return col(column).str.strip_chars().str.to_lowercase().is_in(
        ["1", "true", "yes", "y", "是", "√", "✓"])


def bucket(date):
    """The number of a day's month, counted from the first that a window has."""
    months = date.dt.year().cast(pl.Int32) * 12 + date.dt.month() - 1 - FIRST
    return months.clip(BEFORE, AFTER).cast(pl.Int8)


def mask(window):
    """The window's months as bits."""
    return sum(1 << (month - FIRST) for month in range(window.first, window.last + 1))


def later_of_id(frame):
    """The rows whose id stands earlier in the file: few, and only they are looked at in order."""
    repeated = collect(frame.lazy().group_by("id").agg(n=pl.len()).filter(
        (col("n") > 1) & (col("id") != "")))["id"]
    rows = frame.lazy().select("id", "row").filter(col("id").is_in(repeated.implode())).collect()
    return rows.sort("row").filter(~col("id").is_first_distinct())["row"]


def first_of_id(frame):
    return frame.filter(~col("row").is_in(later_of_id(frame).implode()))


def unique_texts(frame, key, extra=()):
    """The texts that mean one row only."""
    return frame.group_by("t").agg(col(key).min(), *(col(c).first() for c in extra),
                                   (col(key).max() != col(key).min()).alias("ambiguous")
                                   ).filter(~col("ambiguous")).drop("ambiguous")


read, accepted = {}, {}

# ---- departments.
frame = collect(scan("departments").select(
    **{c: text("departments", c) for c in ("id", "name", "aliases", "category", "branch")}
).with_row_index("row"))
read["departments"] = len(frame)
departments = first_of_id(frame).filter((col("id") != "") & (col("name") != "")).drop("row")
departments = departments.with_row_index("d")
accepted["departments"] = len(departments)
department_texts = unique_texts(pl.concat([
    departments.select("d", t="id"), departments.select("d", t="name"),
    departments.filter(col("aliases") != "").select(
        "d", t=col("aliases").str.replace_all("；", ";").str.split(";")).explode("t").with_columns(
            col("t").str.strip_chars()).filter(col("t") != ""),
]), "d")


def with_department(frame):
    return frame.with_columns(t=col("department_id").str.strip_chars()).join(
        department_texts.lazy(), on="t", how="left")


# ---- staff.
frame = collect(with_department(scan("staff").with_row_index("row")).select(
    "row", "d", id=text("staff", "id"), name=text("staff", "name"),
    employee=text("staff", "employment").str.to_lowercase().is_in(["", "employee"]),
    volunteer=flag("staff", "volunteer"), joined=day("staff", "joined_on"),
    gone=day("staff", "left_on"))).sort("row")
read["staff"] = len(frame)
staff = first_of_id(frame).filter((col("id") != "") & col("d").is_not_null()).drop("row")
staff = staff.with_row_index("p")
accepted["staff"] = len(staff)
staff_texts = staff.select("p", "d", t="id")
if job.has("staff", "name"):
    staff_texts = unique_texts(pl.concat([
        staff_texts, staff.filter(col("name") != "").select("p", "d", t="name")]), "p", ["d"])


def employed(window):
    after = lit(window.day_after).str.to_date()
    return (col("joined").is_null() | (col("joined") < after)) & (
        col("gone").is_null() | (col("gone") >= after.dt.offset_by("-1d")))


people = staff.select("p", "d", "employee", "volunteer",
                      **{f"on{w.number}": employed(w) for w in W})
del staff

# ---- training: events.
S = "training_sessions"
frame = collect(with_department(scan(S).with_row_index("row")).select(
    "row", "d", id=text(S, "id"), b=bucket(day(S, "date")), form=text(S, "form"),
    usual=number(S, "hours"), participants=number(S, "participants"))).sort("row")
read[S] = len(frame)
events = first_of_id(frame).filter(
    (col("id") != "") & col("b").is_not_null() & col("d").is_not_null()
    & (col("usual").fill_null(0) >= 0) & (col("participants").fill_null(0) >= 0)).drop("row")
forms = events.select(col("form").unique().sort()).with_row_index("f").with_columns(
    col("f").cast(pl.Int8))
if len(forms) > BITS:
    raise SystemExit(f"more than {BITS} forms: not a data set of this benchmark")
events = events.join(forms, on="form").drop("form").with_row_index("e")
accepted[S] = len(events)
del frame

# ---- training: attendance.
A = "training_attendance"
attendance = collect(
    scan(A).with_row_index("row").with_columns(
        s=text(A, "session_id"), t=text(A, "staff_id"), stated=number(A, "hours"))
    .join(staff_texts.lazy(), on="t", how="left")
    .join(events.lazy().select("e", "b", "f", "usual", s="id"), on="s", how="left")
    .select("row", "e", "p", "d", "b", "f",
            hours=pl.coalesce("stated", "usual").fill_null(0)))
read[A] = len(attendance)
# Repeated pairs: sorting packed pairs needs less memory than hashing them.
pair = col("e").cast(pl.UInt64) * (1 << 32) + col("p")
pairs = attendance.select(k=pair)["k"].drop_nulls().sort()
pairs = pairs.filter(pairs == pairs.shift(1)).unique()
later = attendance.lazy().with_columns(k=pair).filter(col("k").is_in(pairs.implode())).select(
    "row", "k").collect().sort("row").filter(~col("k").is_first_distinct())["row"]
good = attendance.lazy().filter(
    col("e").is_not_null() & col("p").is_not_null() & (col("hours") >= 0)
    & ~col("row").is_in(later.implode()))
sums = [pl.len().cast(pl.Int64).alias("participations"), col("hours").sum()]
inside = col("b").is_between(0, MONTHS - 1)
training_months, form_months, participants = pl.collect_all([
    good.group_by("d", "b").agg(sums),
    good.group_by("f", "b").agg(sums),
    good.filter(inside).group_by("p").agg(
        months=(lit(2, dtype=pl.Int64) ** col("b")).bitwise_or(),
        forms=(lit(2, dtype=pl.Int64) ** (col("f").cast(pl.Int64) * 3 + col("b") // 6)).bitwise_or()),
], engine="streaming")
accepted[A] = training_months["participations"].sum()
unlisted = pl.DataFrame(schema={"d": pl.UInt32, "f": pl.Int8, "b": pl.Int8,
                                "participations": pl.Int64})
if job.has(S, "participants"):
    unlisted = events.filter(col("participants") > 0).join(
        good.select("e").unique().collect(engine="streaming"), on="e", how="anti").select(
            "d", "f", "b", col("participants").cast(pl.Int64).alias("participations"))
event_counts = events.group_by("d", "f", "b").agg(events=pl.len().cast(pl.Int64))
del attendance, good, pairs, later, events

# ---- issues.
I = "issues"
level = text(I, "level").str.to_lowercase()
raised, due, closed, rechecked = (
    day(I, c) for c in ("raised_on", "due_on", "closed_on", "rechecked_on"))
frame = collect(
    with_department(scan(I).with_row_index("row")).drop("t")
    .with_columns(t=text(I, "staff_id"))
    .join(staff_texts.lazy().select("t", "p"), on="t", how="left")
    .select(
        "row", "d", "p", id=text(I, "id"), named=col("t") != "",
        level=pl.when(level.is_in(["hospital", "department", "individual"])).then(level)
        .otherwise(lit("")).cast(pl.Categorical),
        category=text(I, "category").cast(pl.Categorical),
        source=text(I, "source").cast(pl.Categorical),
        raised=raised, due=due, closed=closed, rechecked=rechecked,
        measure=text(I, "measure") != "",
        reopened=text(I, "recheck_result").str.to_lowercase() == "reopened"))
read[I] = len(frame)
later = later_of_id(frame)
issues = collect(frame.lazy().filter(
    (col("id") != "") & col("d").is_not_null() & (col("p").is_not_null() | ~col("named"))
    & col("raised").is_not_null() & (col("closed") >= col("raised")).fill_null(True)
    & ~col("row").is_in(later.implode())
).select(
    "d", "p", "level", "category", "source", "measure",
    reopened=col("reopened") & col("rechecked").is_not_null(),
    raised_b=bucket(col("raised")), closed_b=bucket(col("closed")), due_b=bucket(col("due")),
    rechecked_b=bucket(col("rechecked")),
    overdue_b=bucket(pl.max_horizontal("raised", col("due") + pl.duration(days=1))),
    days=(col("closed") - col("raised")).dt.total_days().cast(pl.Int32),
    on_time=(col("closed") <= col("due")).fill_null(False)))
accepted[I] = len(issues)
del frame, later
job.write_rows(read, accepted)
LABELS = [c for c in ("level", "category", "source") if job.has(I, c)]

FLOWS = ["raised", "with_measure", "closed", "closed_on_time", "closed_with_due", "due", "due_met",
         "rechecked", "reopened"]
STEPS = FLOWS + ["closed_same_month", "closed_same_half", "overdue"]
STOCKS = ["open_at_start", "open_at_end", "overdue_at_end"]
SUMS = FLOWS + ["closed_of_raised"] + STOCKS
window_months = pl.DataFrame(
    [(w.number, bool(w.month), m - FIRST) for w in W for m in range(w.first, w.last + 1)],
    schema={"w": pl.Int8, "is_month": pl.Boolean, "b": pl.Int8}, orient="row")


def flows(*key):
    """What happened to items, by key and month."""
    count = lambda what: what.sum().cast(pl.Int64)
    rows = pl.len().cast(pl.Int64)
    table = issues.lazy()
    late = table.filter(col("due_b").is_not_null())
    return pl.concat([
        table.group_by(*key, b="raised_b").agg(
            raised=rows, with_measure=count(col("measure")),
            closed_same_month=count(col("closed_b") == col("raised_b")),
            closed_same_half=count(col("closed_b") <= col("raised_b") // 6 * 6 + 5)),
        table.filter(col("closed_b").is_not_null()).group_by(*key, b="closed_b").agg(
            closed=rows, closed_on_time=count(col("on_time")),
            closed_with_due=count(col("due_b").is_not_null())),
        late.group_by(*key, b="due_b").agg(due=rows, due_met=count(col("on_time"))),
        table.filter(col("rechecked_b").is_not_null()).group_by(*key, b="rechecked_b").agg(
            rechecked=rows, reopened=count(col("reopened"))),
        late.filter(col("overdue_b") < col("closed_b").fill_null(AFTER)).group_by(
            *key, b="overdue_b").agg(overdue=rows),
        late.filter(col("overdue_b") < col("closed_b")).group_by(*key, b="closed_b").agg(
            overdue=-rows),
    ], how="diagonal").group_by(*key, "b").agg(col(STEPS).sum())


def by_window(months, key):
    """The sums of flows in each window, and stocks at its ends."""
    opened = col("raised") - col("closed")
    stocks = pl.concat([
        months.lazy().filter(col("b") <= w.last - FIRST).group_by(key).agg(
            lit(w.number, dtype=pl.Int8).alias("w"),
            opened.filter(col("b") < w.first - FIRST).sum().alias("open_at_start"),
            opened.sum().alias("open_at_end"), col("overdue").sum().alias("overdue_at_end"))
        for w in W])
    flow = months.lazy().join(window_months.lazy(), on="b").group_by(key, "w").agg(
        col(FLOWS).sum(),
        pl.when("is_month").then("closed_same_month").otherwise("closed_same_half").sum()
        .alias("closed_of_raised"))
    return stocks.join(flow, on=[key, "w"], how="left")


def by_bits(frame, key, masks, name, extra=None):
    """How many people have a month in common with each window."""
    return pl.concat([
        frame.lazy().filter(col(masks) & mask(w) != 0).group_by(key).agg(
            lit(w.number, dtype=pl.Int8).alias("w"), pl.len().cast(pl.Int64).alias(name))
        for w in W])


def medians(frame, key):
    """Of single items."""
    return frame.lazy().join(window_months.lazy().select("w", "b"), on="b").group_by(key, "w").agg(
        days_median=col("days").median())


def weighted_medians(frame, key):
    """Of days and how often each comes up: the mean of the middle two."""
    upto, total = 2 * col("n").cum_sum(), col("n").sum()
    return frame.lazy().join(window_months.lazy().select("w", "b"), on="b").group_by(
        key, "w", "days").agg(col("n").sum()).sort("days").group_by(
            key, "w", maintain_order=True).agg(
                days_median=(col("days").filter(upto >= total).first()
                             + col("days").filter(upto > total).first()) / 2)


# ---- departments.
months = collect(flows("d"))
closings = collect(issues.lazy().filter(col("closed_b").is_between(0, MONTHS - 1)).select(
    "d", *LABELS, "days", b="closed_b"))
issue_people = collect(issues.lazy().filter(
    col("p").is_not_null() & col("raised_b").is_between(0, MONTHS - 1)).group_by("d", "p").agg(
        months=(lit(2, dtype=pl.Int64) ** col("raised_b")).bitwise_or()))
training = pl.concat([
    training_months.drop_nulls("d"), unlisted.drop("f"), event_counts.drop("f"),
], how="diagonal").lazy().join(window_months.lazy().select("w", "b"), on="b").group_by("d", "w").agg(
    col("events", "participations", "hours").sum())
PEOPLE = ["headcount", "employees", "registered", "people", "covered"]
persons = people.lazy().join(participants.lazy(), on="p", how="left").with_columns(
    col("months", "forms").fill_null(0))
wide = collect(persons.group_by("d").agg(*(
    expression.sum().cast(pl.Int64).alias(f"{name}{w.number}") for w in W for name, expression in {
        "headcount": col(f"on{w.number}"),
        "employees": col("employee") & col(f"on{w.number}"),
        "registered": col("employee") & col("volunteer") & col(f"on{w.number}"),
        "people": col("months") & mask(w) != 0,
        "covered": (col("months") & mask(w) != 0) & col(f"on{w.number}"),
    }.items())))
counts = pl.concat([wide.lazy().select(
    "d", lit(w.number, dtype=pl.Int8).alias("w"), *(col(f"{c}{w.number}").alias(c) for c in PEOPLE))
    for w in W])
ADDED = SUMS + ["events", "participations", "hours"] + PEOPLE
grid = collect(
    departments.lazy().select("d").join(window_months.lazy().select(col("w").unique()), how="cross")
    .join(by_window(months, "d"), on=["d", "w"], how="left")
    .join(training, on=["d", "w"], how="left").join(counts, on=["d", "w"], how="left")
    .with_columns(col(ADDED).fill_null(0)))
names = departments.lazy().select("d", "id", "name", "branch", "category")

# ---- scopes: sums of departments, but people and medians counted anew.
parts = [
    grid.lazy().join(medians(closings, "d"), on=["d", "w"], how="left")
    .join(by_bits(issue_people, "d", "months", "issue_people"), on=["d", "w"], how="left")
    .join(names, on="d").select(lit("department").alias("scope"), col("id").alias("member"), "w",
                                *ADDED, "days_median", "issue_people")]
for scope in ("branch", "category", "hospital"):
    member = lit("") if scope == "hospital" else col(scope)
    if scope != "hospital" and not departments.select((col(scope) != "").any()).item():
        continue
    member_of = names.select("d", member=member)
    everybody = collect(issue_people.lazy().join(member_of, on="d").group_by("member", "p").agg(
        col("months").bitwise_or()))
    days = closings.lazy().join(member_of, on="d").group_by("member", "b", "days").agg(
        n=pl.len().cast(pl.Int64))
    parts.append(
        grid.lazy().join(member_of, on="d").group_by("member", "w").agg(col(ADDED).sum())
        .join(weighted_medians(days, "member"), on=["member", "w"], how="left")
        .join(by_bits(everybody, "member", "months", "issue_people"), on=["member", "w"], how="left")
        .select(lit(scope).alias("scope"), "member", "w", *ADDED, "days_median", "issue_people"))

# ---- breakdowns of the hospital, by half.
half_windows = pl.LazyFrame({"w": [w.number for w in HALVES]}, schema={"w": pl.Int8})
half_number = {(w.first - FIRST) // 6: w.number for w in HALVES}


def value_people(frame, values, bits, name):
    """People by value and half, from the bits of each person; `values` has v, from 0."""
    counts = frame.select(*(
        ((col(bits) & (1 << (v * 3 + half))) != 0).sum().cast(pl.Int64).alias(f"{v} {w}")
        for v in range(len(values)) for half, w in half_number.items()))
    rows = counts.unpivot(variable_name="k", value_name=name).with_columns(
        v=col("k").str.split(" ").list[0].cast(pl.Int8), w=col("k").str.split(" ").list[1].cast(pl.Int8))
    return rows.lazy().join(values.lazy(), on="v").select("member", "w", name)


label_flows = collect(flows(*LABELS)) if LABELS else None
label_days = collect(closings.lazy().group_by(*LABELS, "b", "days").agg(
    n=pl.len().cast(pl.Int64))) if LABELS else None
for column in LABELS:
    values = issues.select(member=col(column).unique()).with_row_index("v").with_columns(
        col("v").cast(pl.Int8))
    if len(values) > BITS:
        raise SystemExit(f"more than {BITS} values of {column}: not a data set of this benchmark")
    persons_of = collect(issues.lazy().filter(
        col("p").is_not_null() & col("raised_b").is_between(0, MONTHS - 1))
        .join(values.lazy(), left_on=column, right_on="member").group_by("p").agg(
            bits=(lit(2, dtype=pl.Int64) ** (col("v").cast(pl.Int64) * 3 + col("raised_b") // 6))
            .bitwise_or()))
    source = label_flows.lazy().rename({column: "member"}).group_by("member", "b").agg(
        col(STEPS).sum())
    days = label_days.lazy().rename({column: "member"}).group_by("member", "b", "days").agg(
        col("n").sum())
    parts.append(
        values.lazy().select("member").join(half_windows, how="cross")
        .join(by_window(source, "member"), on=["member", "w"], how="left")
        .join(weighted_medians(days, "member"), on=["member", "w"], how="left")
        .join(value_people(persons_of, values, "bits", "issue_people"), on=["member", "w"],
              how="left")
        .select(lit(f"issues.{column}").alias("scope"), col("member").cast(pl.String), "w",
                col(SUMS).fill_null(0), "days_median", "issue_people"))
if job.has(S, "form"):
    values = forms.select(v="f", member="form")
    source = pl.concat([form_months.drop_nulls("f"), unlisted.drop("d"), event_counts.drop("d")],
                       how="diagonal").lazy()
    seen = collect(persons.filter(col("forms") != 0))
    covered = pl.concat([
        value_people(seen.filter(col(f"on{w.number}")), values, "forms", "covered").filter(
            col("w") == w.number) for w in HALVES])
    parts.append(
        values.lazy().join(half_windows, how="cross")
        .join(source.join(window_months.lazy().select("w", "b"), on="b").group_by("f", "w").agg(
            col("events", "participations", "hours").sum()),
            left_on=["v", "w"], right_on=["f", "w"], how="left")
        .join(value_people(seen, values, "forms", "people"), on=["member", "w"], how="left")
        .join(covered, on=["member", "w"], how="left")
        .join(grid.lazy().group_by("w").agg(col("headcount").sum()), on="w", how="left")
        .select(lit("training.form").alias("scope"), "member", "w",
                col("events", "participations", "hours", "people", "covered").fill_null(0),
                "headcount"))

# ---- every figure in the order of the file: the wide table sorted once, then metric by metric.
titles = pl.LazyFrame([(w.number, w.period, w.month) for w in W],
                      schema={"w": pl.Int8, "period": pl.String, "month": pl.String}, orient="row")
parts = pl.collect_all(parts, engine="streaming")
figures = collect(
    pl.concat(parts, how="diagonal").lazy().join(titles, on="w")
    .filter((col("month") == "") | col("scope").is_in(["hospital", "department"]))
    .sort("period", "month", "scope", "member"))
del issues, issue_people, closings, months, participants, people, parts
standard = col("scope").is_in(["branch", "category", "department", "hospital"])
tables = {
    family: figures.filter(standard | col("scope").str.starts_with(f"{family}."))
    for family in ("issues", "training", "staff")}
tables["volunteers"] = tables["staff"]
with open(job.target("statistics.csv"), "wb") as file:
    file.write(HEADER.encode())
    for metric, unit, value, base in job.metrics:
        empty = lit(None, dtype=pl.String)
        if base:
            cells = [pl.when(col(base) > 0).then(col(value) / col(base)), col(value).alias("n"),
                     col(base).alias("b")]
        elif value in ("hours", "days_median"):
            cells = [col(value), empty.alias("n"), empty.alias("b")]
        else:
            cells = [col(value).fill_null(0), empty.alias("n"), empty.alias("b")]
        tables[metric.split(".")[0]].select(
            lit(metric).alias("metric"), lit(unit).alias("unit"), "period", "month", "scope",
            "member", cells[0].alias("value"), *cells[1:]
        ).write_csv(file, include_header=False)

# ---- the workbook: departments by month, and the half year's figures.
half = grid.filter(col("w") == 0).select(
    "d", "events", "participations", "people",
    coverage=pl.when(col("headcount") > 0).then(col("covered") / col("headcount")),
    raised="raised", closed="closed",
    closure_rate=pl.when(col("raised") > 0).then(col("closed_of_raised") / col("raised")))
monthly = departments.select("d", "id", "name")
for w in W:
    if w.month:
        monthly = monthly.join(
            grid.filter(col("w") == w.number).select("d", col("participations").alias(w.month)),
            on="d")
sheet = monthly.join(half, on="d").sort("id").drop("d")
try:
    from rustpy_xlsxwriter import FastExcel

    FastExcel(job.target("half-year.xlsx"), autofit=False).sheet("Departments", sheet).save()
except ImportError:
    sheet.write_excel(job.target("half-year.xlsx"), worksheet="Departments")
