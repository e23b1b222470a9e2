"""Text files that are polluted as real ones are, each with the rows that it holds.

The kinds of pollution are those that Vitagliano and others found in 3,712 public files and made the Pollock
benchmark of (“Pollock: A Data Loading Benchmark”, VLDB 2023): encodings, separators, quotes, line breaks,
titles and footnotes, headings left out or repeated, rows with too many or too few cells, stray quotes. Tables
and files are made here, from a seed.
"""
import random

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"
DEPARTMENTS = ["内科", "外科", "骨伤科", "针灸科", "药学部", "检验科", "急诊科", "护理部"]
TOPICS = ["心肺复苏", "院感防控", "病历书写, 第2版", "用药安全", "“三基”训练", "手卫生 (复训)", "医患沟通; 案例"]
THINGS = ["Boot", "Jacket", "Towel", "Tent", "Lamp", "Chair", "Watch", "Table, round 48\"", "Kids' cap"]
PRAISE = ["light, warm and dry", "made to last", "for him, her & them", "8'9\" long", "as before: soft",
          "it's \"the\" classic", "50% lighter", "sun, rain, wind"]
STREETS = ["Lindenweg", "Rue du Port", "Calle Ñuñoa", "Østergade", "Mühlstraße"]


def training(rng, rows):
    table = [["编号", "日期", "主办科室", "主题", "学时", "参加人数", "备注"]]
    for number in range(rows):
        table.append([f"T{number + 1:04}", f"2023-{rng.randint(1, 6):02}-{rng.randint(1, 28):02}",
                      rng.choice(DEPARTMENTS), rng.choice(TOPICS), rng.choice(["1", "1.5", "2", ""]),
                      str(rng.randint(3, 90)), rng.choice(["", "", "补报", "与外科合办"])])
    return table


def products(rng, rows):
    table = [["DATE", "TIME", "ID", "Price", "Quantity", "Type", "Description", "New"]]
    for number in range(rows):
        table.append([f"{rng.randint(1, 28):02}/{rng.randint(1, 12):02}/2018",
                      f"{rng.randint(0, 23):02}:{rng.choice(['00', '15', '30'])}",
                      f"{rng.choice('ABCDE')}{rng.choice('ABCDE')}-{rng.randint(100, 9999)}",
                      f"{rng.randint(1, 9999) / 100}", str(rng.randint(0, 30)), rng.choice(THINGS),
                      f"{rng.choice(PRAISE)}. {rng.choice(PRAISE)}.".capitalize(), rng.choice("01")])
    return table


def measurements(rng, rows):
    table = [["station", "taken at", "t", "p", "rain", "flag"]]
    for number in range(rows):
        table.append([f"S{rng.randint(1, 9)}", f"2021-03-{rng.randint(1, 28):02} {rng.randint(0, 23):02}:10:00",
                      f"{rng.uniform(-20, 40):.2f}", f"{rng.uniform(950, 1050):.1f}",
                      rng.choice(["0", "", "1.25", "1e-3"]), rng.choice(["ok", "ok", "NA"])])
    return table


def addresses(rng, rows):
    table = [["name", "address", "city", "phone", "note"]]
    for number in range(rows):
        lines = "\n" if rng.random() < 0.3 else " "
        table.append([f"{rng.choice('ABCDEFG')}. {rng.choice(['Ødegaard', 'García', 'Müller', 'Smith', 'Lefèvre'])}",
                      f"{rng.choice(STREETS)} {rng.randint(1, 99)}{lines}Box {rng.randint(1, 999)}",
                      rng.choice(["Køln", "Paris", "Berlin", "Zürich"]), f"+49 {rng.randint(100, 999)} {rng.randint(1000, 9999)}",
                      rng.choice(["", "call first; ask", "no, thanks", "said \"yes\""])])
    return table


def register(rng, rows):
    table = [["序号", "问题", "责任科室", "责任人", "提出日期", "整改时限", "销号日期"]]
    for number in range(rows):
        table.append([str(number + 1), rng.choice(["标识不清", "记录不全，缺签名", "流程\n不畅", "设备老化"]),
                      rng.choice(DEPARTMENTS), rng.choice(SURNAMES) + rng.choice("伟芳敏静强"),
                      f"2023年{rng.randint(1, 6)}月{rng.randint(1, 28)}日", f"2023/{rng.randint(7, 12)}/1",
                      rng.choice(["", f"2023.{rng.randint(7, 12)}.2"])])
    return table


TABLES = {"training": training, "products": products, "measurements": measurements,
          "addresses": addresses, "register": register}


class Style:
    """How a table is written."""

    def __init__(self, separator=",", quote='"', escape=None, end="\r\n", everything=False, encoding="utf-8", mark=b""):
        self.separator, self.quote, self.escape = separator, quote, escape
        self.end, self.everything, self.encoding, self.mark = end, everything, encoding, mark

    def cell(self, text, quoted=False):
        special = (self.separator, self.quote, "\n", "\r", self.separator.strip() or self.separator)
        if not (quoted or self.everything or any(mark in text for mark in special)):
            return text
        inner = text
        if self.escape:
            inner = inner.replace(self.escape, self.escape * 2)
        inner = inner.replace(self.quote, (self.escape or self.quote) + self.quote)
        return self.quote + inner + self.quote

    def line(self, row, separator=None, quoted=False):
        return (separator or self.separator).join(self.cell(cell, quoted) for cell in row)


class Polluted:
    """A file: its text, its bytes, and the rows of its table. Of rows that are broken themselves it is not asked
    what becomes of them, only that they take no other with them."""

    def __init__(self, name, text, style, table, broken=0):
        self.name, self.text, self.table, self.broken = name, text, table, broken
        self.bytes = style.mark + text.encode(style.encoding)


def flat(table):
    """The table without line breaks in cells, for styles that have no quotes around them."""
    return [[cell.replace("\n", " ") for cell in row] for row in table]


def whole(name, table, style):
    text = "".join(style.line(row) + style.end for row in table)
    return Polluted(name, text, style, table)


def lines(name, table, style, change, broken=0, truth=None):
    """A file of which single lines are changed."""
    written = change([style.line(row) for row in table])
    return Polluted(name, "".join(line + style.end for line in written), style, truth or table, broken)


def files(seed):
    """All files of a seed."""
    rng = random.Random(seed)
    made = []
    for kind, make in TABLES.items():
        made += styles(kind, make(rng, 60)) + shapes(kind, make, rng) + broken(kind, make(rng, 60), rng)
    return made


def styles(kind, table):
    made = [whole(f"{kind} plain", table, Style())]
    for separator in [",", ";", "\t", "|", " ", ":", ", ", "^", "~"]:
        for everything in (False, True):
            made.append(whole(f"{kind} separator {separator!r} {everything}", table,
                              Style(separator=separator, everything=everything)))
    for end in ["\n", "\r"]:
        made.append(whole(f"{kind} end {end!r}", flat(table), Style(end=end)))
    for separator in [",", ";", "\t"]:
        made.append(whole(f"{kind} single quotes {separator!r}", table,
                          Style(separator=separator, quote="'", everything=True)))
        made.append(whole(f"{kind} backslash {separator!r}", table,
                          Style(separator=separator, escape="\\", everything=True)))
    marks = {"utf-8": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
    for encoding, mark in marks.items():
        made.append(whole(f"{kind} {encoding}", table, Style(encoding=encoding, mark=mark)))
    chinese = kind in ("training", "register")
    for encoding in ["gb18030"] if chinese else ["cp1252"]:
        for separator in [",", ";", "\t"]:
            made.append(whole(f"{kind} {encoding} {separator!r}", table, Style(separator=separator, encoding=encoding)))
    return made


def shapes(kind, make, rng):
    made = []
    for rows in [0, 1, 2, 600]:
        made.append(whole(f"{kind} rows {rows}", make(rng, rows), Style()))
    table = make(rng, 60)
    made.append(whole(f"{kind} one column", [[row[1] + "x"] for row in flat(table)], Style()))
    wide = [sum(([f"{cell}{copy}" if index == 0 else cell for cell in row] for copy in range(12)), [])
            for index, row in enumerate(table)]
    made.append(whole(f"{kind} wide", wide, Style(separator=";")))
    made.append(whole(f"{kind} headless", table[1:], Style()))
    for separator in [",", ";", "\t"]:
        style = Style(separator=separator)
        width = len(table[0])
        for count in (1, 3):
            for delimited in (False, True):
                for empty in (False, True):
                    def note(word):
                        row = [f"{word} {rng.randint(1, 99)}"] + [""] * (width - 1 if delimited else 0)
                        return style.line(row)
                    blank = [separator * (width - 1) if delimited else ""] if empty else []
                    label = f"{separator!r} {count} {delimited} {empty}"
                    title, foot = ("登记表", "制表人") if kind in ("training", "register") else ("Report", "Source")
                    titles = [note(title) for _ in range(count)]
                    made.append(lines(f"{kind} titles {label}", table, style, lambda all: titles + blank + all))
                    feet = [note(foot) for _ in range(count)]
                    made.append(lines(f"{kind} footnotes {label}", table, style, lambda all: all + blank + feet))
        made.append(lines(f"{kind} trailing separators {separator!r}", table, style,
                          lambda all: [line + separator * 3 for line in all]))
        made.append(lines(f"{kind} blank lines {separator!r}", table, style,
                          lambda all: sum(([line, ""] if at % 7 == 3 else [line] for at, line in enumerate(all)), [])))
    return made


def broken(kind, table, rng):
    made = []
    for separator in [",", ";"]:
        style = Style(separator=separator, everything=rng.random() < 0.5)
        for place in (1, 2, 30, 60):
            def at(change):
                return lambda all: [change(line) if number == place else line for number, line in enumerate(all)]
            rest = table[:place] + table[place + 1:]
            row = table[place]
            cell = rng.randrange(len(row))
            cases = {
                "more cells": style.line(row + ["9", "9", "9"]),
                "fewer cells": style.line(row[:2]),
                "further separator": style.line(row[:cell] + [""] + row[cell:]),
                "missing separator": style.line(row[:cell] + ["".join(row[cell:cell + 2])] + row[cell + 2:]),
                "other separator": style.line(row, ";" if separator == "," else "|"),
                "other quotes": Style(separator=separator, quote="'", everything=True).line(row),
                "open quote": style.separator.join('"' + text.replace("\n", " ") if number == cell else style.cell(text)
                                                   for number, text in enumerate(row)),
            }
            for name, line in cases.items():
                made.append(lines(f"{kind} {name} {separator!r} {place}", table, style, at(lambda _: line), 1, rest))
            feeds = [style.line(row) + ("\n" if number == place else "\r\n") for number, row in enumerate(table)]
            made.append(Polluted(f"{kind} other end {separator!r} {place}", "".join(feeds), style, table))
    return made
