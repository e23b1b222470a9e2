"""The half-year job in DuckDB: read, check, count, write statistics.csv and the workbook.

References become row numbers while the files are read, so that strings are never grouped or kept;
people are told apart by one bit mask a person (a bit a month) instead of a count(distinct) a window.
"""
import os
import shutil

import duckdb

from plan import HEADER, Job


def write_workbook(db, sheet, path):
    """By way of the fast writer where it is installed, else of XlsxWriter."""
    try:
        from rustpy_xlsxwriter import FastExcel

        FastExcel(path, autofit=False).sheet("Departments", db.sql(sheet)).save()
    except ImportError:
        import xlsxwriter

        with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
            page = book.add_worksheet("Departments")
            result = db.execute(sheet)
            page.write_row(0, 0, [column[0] for column in result.description])
            row = 0
            while rows := result.fetchmany(10_000):
                for cells in rows:
                    row += 1
                    page.write_row(row, 0, cells)


job = Job()
db = duckdb.connect()
# Nobody knows how long a CSV file is: left to itself the planner builds hash tables on the long side.
# These queries are written with the short side on the right.
db.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
db.execute("SET preserve_insertion_order = true")

W = job.windows
FIRST, LAST = min(w.first for w in W), max(w.last for w in W)
MONTHS = LAST - FIRST + 1
BEFORE, AFTER = -1, MONTHS


def table(name):
    columns = ", ".join(f"'{c}': 'VARCHAR'" for c in job.columns[name])
    return (f"read_csv('{job.path(name)}', header=true, auto_detect=false, delim=',', quote='\"', "
            f"escape='\"', columns={{{columns}}})")


def text(name, column):
    """A trimmed cell; empty where the file has no such column."""
    return f"coalesce(trim({column}), '')" if job.has(name, column) else "''"


def day(name, column):
    """A day in the spellings that cannot be mistaken."""
    if not job.has(name, column):
        return "NULL::DATE"
    x = f"trim({column})"
    loose = (f"try_strptime(regexp_replace(replace({x}, '日', ''), '[/.年月]', '-', 'g'), "
             f"['%Y-%m-%d', '%Y%m%d'])::DATE")
    return f"CASE WHEN {column} IS NULL THEN NULL ELSE coalesce(try_cast({x} AS DATE), {loose}) END"


def number(name, column):
    return f"try_cast(trim({column}) AS DOUBLE)" if job.has(name, column) else "NULL::DOUBLE"


def flag(name, column):
    if not job.has(name, column):
        return "false"
    return f"coalesce(lower(trim({column})) IN ('1', 'true', 'yes', 'y', '是', '√', '✓'), false)"


def bucket(date):
    """The number of a day's month, counted from the first that a window has."""
    # greatest() and least() pass over NULL; what has no day has no bucket.
    return (f"CASE WHEN {date} IS NOT NULL THEN greatest({BEFORE}, least({AFTER}, "
            f"year({date}) * 12 + month({date}) - 1 - {FIRST})) END::TINYINT")


def mask(window):
    """The window's months as bits."""
    return sum(1 << (month - FIRST) for month in range(window.first, window.last + 1))


run = db.execute
one = lambda query: run(query).fetchone()[0]
read, accepted = {}, {}

# ---- departments: the first row of an id; id, name and aliases refer to it where it is the only one.
run(f"""CREATE TABLE department_rows AS SELECT {text('departments', 'id')} AS id,
      {text('departments', 'name')} AS name, {text('departments', 'aliases')} AS aliases,
      {text('departments', 'category')} AS category, {text('departments', 'branch')} AS branch
    FROM {table('departments')}""")
run("""CREATE TABLE departments AS SELECT (row_number() OVER (ORDER BY rowid))::INTEGER AS d, *
    FROM department_rows
    WHERE name <> '' AND rowid IN (SELECT min(rowid) FROM department_rows WHERE id <> '' GROUP BY id)""")
run("""CREATE TABLE department_texts AS SELECT t, min(d) AS d FROM (
      SELECT id AS t, d FROM departments UNION ALL SELECT name, d FROM departments
      UNION ALL SELECT trim(unnest(string_split_regex(aliases, '[;；]'))), d FROM departments
        WHERE aliases <> '')
    WHERE t <> '' GROUP BY t HAVING min(d) = max(d)""")
read["departments"] = one("SELECT count(*) FROM department_rows")
accepted["departments"] = one("SELECT count(*) FROM departments")

# ---- staff.
run(f"""CREATE TABLE staff_rows AS SELECT {text('staff', 'id')} AS id, {text('staff', 'name')} AS name,
      coalesce(r.d, 0) AS d, lower({text('staff', 'employment')}) IN ('', 'employee') AS employee,
      {flag('staff', 'volunteer')} AS volunteer, {day('staff', 'joined_on')} AS joined,
      {day('staff', 'left_on')} AS gone
    FROM {table('staff')} LEFT JOIN department_texts r ON r.t = trim(department_id)""")
run("""CREATE TABLE repeated AS SELECT id, min(rowid) AS first FROM staff_rows
    GROUP BY id HAVING count(*) > 1""")
run("""CREATE TABLE staff AS SELECT (row_number() OVER ())::INTEGER AS p, id, name, d, employee,
      volunteer, joined, gone
    FROM staff_rows s LEFT JOIN repeated USING (id)
    WHERE id <> '' AND d > 0 AND (first IS NULL OR first = s.rowid)""")
names = "UNION ALL SELECT name, p, d FROM staff WHERE name <> ''" if job.has("staff", "name") else ""
if names:
    run(f"""CREATE TABLE staff_texts AS SELECT t, min(p) AS p, min(d) AS d
        FROM (SELECT id AS t, p, d FROM staff {names})
        GROUP BY t HAVING min(p) = max(p)""")
else:
    run("CREATE VIEW staff_texts AS SELECT id AS t, p, d FROM staff")
read["staff"] = one("SELECT count(*) FROM staff_rows")
accepted["staff"] = one("SELECT count(*) FROM staff")
run("DROP TABLE staff_rows; DROP TABLE repeated")


def employed(window):
    return (f"(joined IS NULL OR joined < DATE '{window.day_after}') AND "
            f"(gone IS NULL OR gone >= DATE '{window.day_after}' - 1)")


run("CREATE TABLE people AS SELECT p, d, employee, volunteer, ("
    + " | ".join(f"(({employed(w)})::INTEGER << {w.number})" for w in W)
    + ") AS employed FROM staff")

# ---- training: events.
S = "training_sessions"
run(f"""CREATE TABLE event_rows AS SELECT {text(S, 'id')} AS id, {day(S, 'date')} AS day,
      coalesce(r.d, 0) AS d, {text(S, 'form')} AS form, {number(S, 'hours')} AS hours,
      {number(S, 'participants')} AS participants
    FROM {table(S)} LEFT JOIN department_texts r ON r.t = trim(department_id)""")
run("""CREATE TABLE repeated AS SELECT id, min(rowid) AS first FROM event_rows
    GROUP BY id HAVING count(*) > 1""")
run(f"""CREATE TABLE events AS SELECT (row_number() OVER ())::INTEGER AS e, id, {bucket('day')} AS b, d,
      form, coalesce(hours, 0) AS hours, participants
    FROM event_rows s LEFT JOIN repeated USING (id)
    WHERE id <> '' AND day IS NOT NULL AND d > 0 AND (first IS NULL OR first = s.rowid)
      AND coalesce(hours, 0) >= 0 AND coalesce(participants, 0) >= 0""")
read[S] = one("SELECT count(*) FROM event_rows")
accepted[S] = one("SELECT count(*) FROM events")
run("DROP TABLE event_rows; DROP TABLE repeated")
run("""CREATE TABLE forms AS SELECT form, (row_number() OVER (ORDER BY form) - 1)::INTEGER AS f
    FROM (SELECT DISTINCT form FROM events)""")
BITS = 20  # forms or labels in one mask: three halves each
if one("SELECT count(*) FROM forms") > BITS:
    raise SystemExit(f"more than {BITS} forms: not a data set of this benchmark")
run("CREATE TABLE event_keys AS SELECT id, e, b::TINYINT AS b, d, f::TINYINT AS f, hours AS usual, participants "
    "FROM events JOIN forms USING (form)")

# ---- training: attendance. References become numbers on the way in; the row order stays.
A = "training_attendance"
run(f"""CREATE TABLE attendance AS SELECT coalesce(e, 0) AS e, coalesce(p, 0) AS p, s.d AS d, b, f,
      {number(A, 'hours')} AS stated, usual
    FROM {table(A)} LEFT JOIN staff_texts s ON s.t = trim(staff_id)
      LEFT JOIN event_keys v ON v.id = trim(session_id)""")
read[A] = one("SELECT count(*) FROM attendance")
# Repeated pairs: hashed a part of the events at a time, which keeps the table small.
PARTS = max(1, read[A] // 2_000_000)
for part in range(PARTS):
    run(("CREATE TABLE pairs AS " if part == 0 else "INSERT INTO pairs ")
        + f"""SELECT e, p FROM attendance WHERE e % {PARTS} = {part} AND e > 0 AND p > 0
            GROUP BY e, p HAVING count(*) > 1""")
run("""DELETE FROM attendance WHERE rowid IN (SELECT row FROM (
      SELECT a.rowid AS row, row_number() OVER (PARTITION BY a.e, a.p ORDER BY a.rowid) AS n
      FROM attendance a JOIN pairs q ON a.e = q.e AND a.p = q.p)
    WHERE n > 1)""")
run("""CREATE VIEW participations AS SELECT e, p, d, b, f, coalesce(stated, usual) AS hours
    FROM attendance WHERE e > 0 AND p > 0 AND coalesce(stated, 0) >= 0""")
run("""CREATE TABLE training_months AS SELECT d, b, count(*) AS participations, sum(hours) AS hours
    FROM participations GROUP BY d, b""")
run("""CREATE TABLE form_months AS SELECT f, b, count(*) AS participations, sum(hours) AS hours
    FROM participations GROUP BY f, b""")
run(f"""CREATE TABLE participants AS SELECT p, bit_or(1 << b::INTEGER) AS months,
      bit_or(1::BIGINT << (f * 3 + b // 6)) AS forms
    FROM participations WHERE b BETWEEN 0 AND {MONTHS - 1} GROUP BY p""")
accepted[A] = int(one("SELECT sum(participations) FROM training_months") or 0)
if job.has(S, "participants"):
    run("""CREATE TABLE unlisted AS SELECT d, f, b, participants::BIGINT AS participations
        FROM event_keys v WHERE participants > 0
          AND NOT EXISTS (FROM participations a WHERE a.e = v.e)""")
else:
    run("CREATE TABLE unlisted (d INTEGER, f INTEGER, b INTEGER, participations BIGINT)")
run("DROP VIEW participations; DROP TABLE attendance")

# ---- issues.
I = "issues"
run(f"""CREATE TABLE issue_rows AS SELECT {text(I, 'id')} AS id, coalesce(r.d, 0) AS d,
      CASE WHEN {text(I, 'staff_id')} = '' THEN 0 ELSE coalesce(s.p, -1) END AS p,
      CASE WHEN lower({text(I, 'level')}) IN ('hospital', 'department', 'individual')
        THEN lower({text(I, 'level')}) ELSE '' END AS level,
      {text(I, "category")} AS category, {text(I, "source")} AS source,
      {day(I, 'raised_on')} AS raised, {text(I, 'measure')} <> '' AS measure,
      {day(I, 'due_on')} AS due, {day(I, 'closed_on')} AS closed,
      {day(I, 'rechecked_on')} AS rechecked,
      lower({text(I, 'recheck_result')}) = 'reopened' AS reopened
    FROM {table(I)} LEFT JOIN department_texts r ON r.t = trim(department_id)
      LEFT JOIN staff_texts s ON s.t = {text(I, 'staff_id')}""")
run("""CREATE TABLE repeated AS SELECT id, min(rowid) AS first FROM issue_rows
    GROUP BY id HAVING count(*) > 1""")
run("""CREATE TABLE labels AS SELECT (row_number() OVER (ORDER BY level, category, source) - 1)::INTEGER
      AS l, level, category, source
    FROM (SELECT DISTINCT level, category, source FROM issue_rows)""")
run(f"""CREATE TABLE issues AS SELECT s.d, s.p, l, measure, reopened AND rechecked IS NOT NULL AS reopened,
      {bucket('raised')} AS raised_b, {bucket('closed')} AS closed_b, {bucket('due')} AS due_b,
      {bucket('rechecked')} AS rechecked_b,
      {bucket('greatest(raised, due + 1)')} AS overdue_b,
      (closed - raised)::INTEGER AS days, coalesce(closed <= due, false) AS on_time
    FROM issue_rows s JOIN labels USING (level, category, source) LEFT JOIN repeated USING (id)
    WHERE id <> '' AND s.d > 0 AND s.p >= 0 AND raised IS NOT NULL
      AND (closed IS NULL OR closed >= raised) AND (first IS NULL OR first = s.rowid)""")
read[I] = one("SELECT count(*) FROM issue_rows")
accepted[I] = one("SELECT count(*) FROM issues")
run("DROP TABLE issue_rows; DROP TABLE repeated")
job.write_rows(read, accepted)


def flows(key):
    """What happened to items, by key and month."""
    return f"""
      SELECT {key}, raised_b AS b, count(*) AS raised, count(*) FILTER (measure) AS with_measure,
        count(*) FILTER (closed_b = raised_b) AS closed_same_month,
        count(*) FILTER (closed_b <= raised_b // 6 * 6 + 5) AS closed_same_half
      FROM issues GROUP BY {key}, raised_b
      UNION ALL BY NAME
      SELECT {key}, closed_b AS b, count(*) AS closed, count(*) FILTER (on_time) AS closed_on_time,
        count(due_b) AS closed_with_due
      FROM issues WHERE closed_b IS NOT NULL GROUP BY {key}, closed_b
      UNION ALL BY NAME
      SELECT {key}, due_b AS b, count(*) AS due, count(*) FILTER (on_time) AS due_met
      FROM issues WHERE due_b IS NOT NULL GROUP BY {key}, due_b
      UNION ALL BY NAME
      SELECT {key}, rechecked_b AS b, count(*) AS rechecked, count(*) FILTER (reopened) AS reopened
      FROM issues WHERE rechecked_b IS NOT NULL GROUP BY {key}, rechecked_b
      UNION ALL BY NAME
      SELECT {key}, overdue_b AS b, count(*) AS overdue FROM issues
      WHERE due_b IS NOT NULL AND overdue_b < coalesce(closed_b, {AFTER}) GROUP BY {key}, overdue_b
      UNION ALL BY NAME
      SELECT {key}, closed_b AS b, -count(*) AS overdue FROM issues
      WHERE due_b IS NOT NULL AND overdue_b < closed_b GROUP BY {key}, closed_b"""


# ---- windows: a month belongs to its half, and within the period to itself. The months lie side by
# side, six to a half, so that cumulated months give every stock.
run("CREATE TABLE windows (w INTEGER, period VARCHAR, month VARCHAR, first_b INTEGER, last_b INTEGER)")
db.executemany("INSERT INTO windows VALUES (?, ?, ?, ?, ?)",
               [(w.number, w.period, w.month, w.first - FIRST, w.last - FIRST) for w in W])
FLOWS = ["raised", "with_measure", "closed", "closed_on_time", "closed_with_due", "due", "due_met",
         "rechecked", "reopened"]
STOCKS = ["open_at_start", "open_at_end", "overdue_at_end"]
SUMS = FLOWS + ["closed_of_raised"] + STOCKS
run("CREATE TABLE window_months AS SELECT w, month <> '' AS is_month, unnest(range(first_b, last_b + 1)) AS b "
    "FROM windows")


def by_window(name, source, key):
    """Makes a table of the sums of flows in each window, and of stocks at its ends."""
    columns = FLOWS + ["closed_same_month", "closed_same_half", "overdue"]
    run(f"CREATE TABLE {name}_months AS SELECT {key}, b, "
        + ", ".join(f"coalesce(sum({c}), 0)::INTEGER AS {c}" for c in columns)
        + f" FROM ({source}) GROUP BY {key}, b")
    stocks = " UNION ALL ".join(
        f"""SELECT {key}, {w.number} AS w,
          sum(raised - closed) FILTER (b < {w.first - FIRST}) AS open_at_start,
          sum(raised - closed) AS open_at_end, sum(overdue) AS overdue_at_end
        FROM {name}_months WHERE b <= {w.last - FIRST} GROUP BY {key}""" for w in W)
    flow = ", ".join(f"sum({c}) AS {c}" for c in FLOWS)
    run(f"""CREATE TABLE {name} AS SELECT * FROM ({stocks}) LEFT JOIN (
        SELECT {key}, w, {flow}, sum(CASE WHEN is_month THEN closed_same_month ELSE closed_same_half END)
          AS closed_of_raised
        FROM {name}_months JOIN window_months USING (b) GROUP BY {key}, w) USING ({key}, w)""")


def distinct(source, key, masks, name):
    """How many people of `source` have a month in common with each window."""
    counts = ", ".join(f"count(*) FILTER ({masks} & {mask(w)} <> 0) AS c{w.number}" for w in W)
    return (f"SELECT {key}, w[2:]::INTEGER AS w, {name} FROM (SELECT {key}, {counts} FROM {source} "
            f"GROUP BY {key}) UNPIVOT ({name} FOR w IN (COLUMNS('c[0-9]+')))")


# Departments.
by_window("grid_issues", flows("d"), "d")
run(f"""CREATE TABLE grid_training AS SELECT d, w, sum(events) AS events,
      sum(participations) AS participations, sum(hours) AS hours
    FROM (SELECT d, b, participations, hours FROM training_months
          UNION ALL BY NAME SELECT d, b, participations FROM unlisted
          UNION ALL BY NAME SELECT d, b, count(*) AS events FROM events GROUP BY d, b)
      JOIN window_months USING (b) GROUP BY d, w""")
counts = ", ".join(
    f"count(*) FILTER (employed & {1 << w.number} <> 0) AS headcount{w.number}, "
    f"count(*) FILTER (employee AND employed & {1 << w.number} <> 0) AS employees{w.number}, "
    f"count(*) FILTER (employee AND volunteer AND employed & {1 << w.number} <> 0) "
    f"AS registered{w.number}, count(*) FILTER (months & {mask(w)} <> 0) AS people{w.number}, "
    f"count(*) FILTER (months & {mask(w)} <> 0 AND employed & {1 << w.number} <> 0) "
    f"AS covered{w.number}" for w in W)
PEOPLE = ["headcount", "employees", "registered", "people", "covered"]
run(f"CREATE TABLE wide AS SELECT d, {counts} FROM people LEFT JOIN participants USING (p) GROUP BY d")
run("CREATE TABLE grid_people AS " + " UNION ALL ".join(
    f"SELECT d, {w.number} AS w, " + ", ".join(f"{c}{w.number} AS {c}" for c in PEOPLE) + " FROM wide"
    for w in W))
run(f"""CREATE TABLE issue_people AS SELECT d, p, bit_or(1 << raised_b::INTEGER) AS months FROM issues
    WHERE p > 0 AND raised_b BETWEEN 0 AND {MONTHS - 1} GROUP BY d, p""")
run(f"""CREATE TABLE closings AS SELECT d, l, closed_b AS b, days FROM issues
    WHERE closed_b BETWEEN 0 AND {MONTHS - 1}""")


def medians(source, key):
    """Of single items."""
    return (f"SELECT {key}, w, median(days) AS days_median FROM {source} JOIN window_months USING (b) "
            f"GROUP BY {key}, w")


def weighted_medians(source, key):
    """Of days and how often each comes up: the mean of the middle two."""
    return f"""SELECT {key}, w, (min(days) FILTER (2 * upto >= total)
          + min(days) FILTER (2 * upto > total)) / 2 AS days_median
      FROM (SELECT {key}, w, days, sum(n) OVER (PARTITION BY {key}, w ORDER BY days) AS upto,
              sum(n) OVER (PARTITION BY {key}, w) AS total
            FROM (SELECT {key}, w, days, sum(n) AS n FROM {source} JOIN window_months USING (b)
                  GROUP BY {key}, w, days))
      GROUP BY {key}, w"""


ADDED = SUMS + ["events", "participations", "hours"] + PEOPLE
run("CREATE TABLE grid AS SELECT k.d, k.w, "
    + ", ".join(f"coalesce({c}, 0){'' if c == 'hours' else '::BIGINT'} AS {c}" for c in ADDED)
    + """ FROM (SELECT d, w FROM departments CROSS JOIN windows) k
      LEFT JOIN grid_issues i ON i.d = k.d AND i.w = k.w
      LEFT JOIN grid_training t ON t.d = k.d AND t.w = k.w
      LEFT JOIN grid_people p ON p.d = k.d AND p.w = k.w""")
run("DROP TABLE grid_issues; DROP TABLE grid_issues_months; DROP TABLE grid_training; DROP TABLE grid_people; DROP TABLE wide")

# Branches, categories, the hospital: sums of departments, but people and medians counted anew.
run("CREATE TABLE day_counts AS SELECT branch, category, b, days, count(*) AS n "
    "FROM closings JOIN departments USING (d) GROUP BY branch, category, b, days")
parts = [f"""SELECT 'department' AS scope, id AS member, g.*, days_median, issue_people
    FROM grid g JOIN departments USING (d)
      LEFT JOIN ({medians('closings', 'd')}) m ON m.d = g.d AND m.w = g.w
      LEFT JOIN ({distinct('issue_people', 'd', 'months', 'issue_people')}) q
        ON q.d = g.d AND q.w = g.w"""]
for scope in ("branch", "category", "hospital"):
    member = "''" if scope == "hospital" else scope
    if scope != "hospital" and not one(f"SELECT count(*) FROM departments WHERE {scope} <> ''"):
        continue
    run(f"""CREATE TABLE people_{scope} AS SELECT {member} AS member, p, bit_or(months) AS months
        FROM issue_people JOIN departments USING (d) GROUP BY 1, p""")
    days = f"(SELECT {member} AS member, b, days, n FROM day_counts)"
    parts.append(f"""SELECT '{scope}' AS scope, g.*, days_median, issue_people
        FROM (SELECT {member} AS member, w, {', '.join(f'sum({c}) AS {c}' for c in ADDED)}
              FROM grid JOIN departments USING (d) GROUP BY 1, w) g
          LEFT JOIN ({weighted_medians(days, 'member')}) m ON m.member = g.member AND m.w = g.w
          LEFT JOIN ({distinct(f'people_{scope}', 'member', 'months', 'issue_people')}) q
            ON q.member = g.member AND q.w = g.w""")

# Breakdowns of the hospital, by half.
run("CREATE TABLE label_days AS SELECT l, b, days, count(*) AS n FROM closings GROUP BY l, b, days")
run(f"CREATE TABLE label_months AS {flows('l')}")
codes = {}
for column in ("level", "category", "source"):
    if not job.has(I, column):
        continue
    run(f"CREATE TABLE values_{column} AS SELECT {column}, (row_number() OVER () - 1)::INTEGER AS v, "
        f"list(l) AS ls FROM labels WHERE l IN (SELECT l FROM issues) GROUP BY {column}")
    codes[column] = one(f"SELECT count(*) FROM values_{column}")
    if codes[column] > BITS:
        raise SystemExit(f"more than {BITS} values of {column}: not a data set of this benchmark")
run("CREATE TABLE label_codes AS SELECT l"
    + "".join(f", values_{c}.v AS {c}" for c in codes) + " FROM labels"
    + "".join(f" LEFT JOIN values_{c} USING ({c})" for c in codes))
run("CREATE TABLE label_people AS SELECT p"
    + "".join(f", bit_or(1::BIGINT << ({c} * 3 + raised_b // 6)) AS {c}" for c in codes)
    + f""" FROM issues JOIN label_codes USING (l)
      WHERE p > 0 AND raised_b BETWEEN 0 AND {MONTHS - 1} GROUP BY p""")


def value_people(source, column, count, name):
    """People by value and half, from the bits of each person; a half is (first month // 6)."""
    counts = ", ".join(f"count(*) FILTER ({column} & (1::BIGINT << {bit}) <> 0) AS c{bit}"
                       for bit in range(3 * count))
    return (f"SELECT k // 3 AS v, w, {name} FROM (SELECT w[2:]::INTEGER AS k, {name} "
            f"FROM (SELECT {counts} FROM {source}) UNPIVOT ({name} FOR w IN (COLUMNS('c[0-9]+')))) "
            f"JOIN windows ON month = '' AND first_b // 6 = k % 3")


for column, count in codes.items():
    by_window(f"grid_{column}", "FROM label_months JOIN label_codes USING (l)", column)
    days = f"(SELECT {column}, b, days, n FROM label_days JOIN label_codes USING (l))"
    parts.append(f"""SELECT 'issues.{column}' AS scope, names.{column} AS member, k.w,
          {', '.join(f'coalesce(g.{c}, 0)::BIGINT AS {c}' for c in SUMS)}, days_median, issue_people
        FROM values_{column} names CROSS JOIN windows k
          LEFT JOIN grid_{column} g ON g.{column} = v AND g.w = k.w
          LEFT JOIN ({weighted_medians(days, column)}) m ON m.{column} = v AND m.w = k.w
          LEFT JOIN ({value_people('label_people', column, count, 'issue_people')}) q
            ON q.v = names.v AND q.w = k.w
        WHERE k.month = ''""")
if job.has(S, "form"):
    heads = "(SELECT w, sum(headcount) AS headcount FROM grid GROUP BY w)"
    forms = one("SELECT count(*) FROM forms")
    everybody = value_people("participants", "forms", forms, "people")
    covered = ", ".join(
        f"count(*) FILTER (forms & (1::BIGINT << {f * 3 + (w.first - FIRST) // 6}) <> 0 "
        f"AND employed & {1 << w.number} <> 0) AS c{f * 100 + w.number}"
        for f in range(forms) for w in W if not w.month)
    parts.append(f"""SELECT 'training.form' AS scope, form AS member, k.w,
          coalesce(events, 0) AS events, coalesce(participations, 0) AS participations,
          coalesce(hours, 0) AS hours, coalesce(people, 0) AS people, coalesce(covered, 0) AS covered,
          headcount
        FROM forms CROSS JOIN windows k JOIN {heads} h ON h.w = k.w
          LEFT JOIN (SELECT f, w, sum(participations) AS participations, sum(hours) AS hours,
                sum(events) AS events
              FROM (SELECT f, b, participations, hours FROM form_months
                    UNION ALL BY NAME SELECT f, b, participations FROM unlisted
                    UNION ALL BY NAME SELECT f, b, count(*) AS events FROM event_keys GROUP BY f, b)
                JOIN window_months USING (b) GROUP BY f, w) g ON g.f = forms.f AND g.w = k.w
          LEFT JOIN ({everybody}) q ON q.v = forms.f AND q.w = k.w
          LEFT JOIN (SELECT w[2:]::INTEGER // 100 AS f, w[2:]::INTEGER % 100 AS w, covered
              FROM (SELECT {covered} FROM participants JOIN people USING (p))
                UNPIVOT (covered FOR w IN (COLUMNS('c[0-9]+')))) c
            ON c.f = forms.f AND c.w = k.w
        WHERE k.month = ''""")

# ---- every figure in the order of the file: the wide table sorted once, then metric by metric.
run("CREATE TABLE figures AS SELECT period, month, f.* EXCLUDE (d), "
    "CASE WHEN contains(scope, '.') THEN split_part(scope, '.', 1) ELSE '' END AS family FROM ("
    + " UNION ALL BY NAME ".join(parts)
    + ") f JOIN windows USING (w) WHERE month = '' OR scope IN ('hospital', 'department') ORDER BY period, month, scope, member")


def figure(metric, unit, value, base):
    family = metric.split(".")[0]
    if base:
        cells = (f"CASE WHEN {base} > 0 THEN {value} / {base} END::VARCHAR, {value}::BIGINT::VARCHAR, "
                 f"{base}::BIGINT::VARCHAR")
    elif value in ("hours", "days_median"):
        cells = f"{value}::DOUBLE::VARCHAR, NULL, NULL"
    else:
        cells = f"coalesce({value}, 0)::BIGINT::VARCHAR, NULL, NULL"
    return (f"SELECT '{metric}', '{unit}', period, month, scope, member, {cells} FROM figures "
            f"WHERE family = '' OR family = '{family}'")  # a long IN list loses the order


# An ordered COPY holds back what comes early: some metrics at a time keep that within bounds.
columns = ", ".join(HEADER.strip().split(","))
count = max(1, 2_000_000 // max(1, one("SELECT count(*) FROM figures")))
target, part = job.target("statistics.csv"), job.target("statistics.part")
for start in range(0, len(job.metrics), count):
    query = " UNION ALL ".join(figure(*m) for m in job.metrics[start:start + count])
    run(f"COPY (SELECT * FROM ({query}) t({columns})) TO '{part if start else target}' "
        f"(FORMAT csv, HEADER {start == 0})")
    if start:
        with open(part, "rb") as source, open(target, "ab") as file:
            shutil.copyfileobj(source, file, 1 << 20)
        os.remove(part)

# ---- the workbook: departments by month, and the half year's figures.
months = ", ".join(
    f"any_value(participations) FILTER (w = {w.number}) AS \"{w.month}\"" for w in W if w.month)
sheet = f"""SELECT id, name, {months},
    any_value(events) FILTER (w = 0) AS events,
    any_value(participations) FILTER (w = 0) AS participations,
    any_value(people) FILTER (w = 0) AS people,
    any_value(covered / nullif(headcount, 0)) FILTER (w = 0) AS coverage,
    any_value(raised) FILTER (w = 0) AS raised, any_value(closed) FILTER (w = 0) AS closed,
    any_value(closed_of_raised / nullif(raised, 0)) FILTER (w = 0) AS closure_rate
  FROM grid JOIN departments USING (d) GROUP BY d, id, name ORDER BY id"""
write_workbook(db, sheet, job.target("half-year.xlsx"))
