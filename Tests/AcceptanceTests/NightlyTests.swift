import Foundation
import Testing

/// The run that nobody watches.
@Suite("Nightly")
struct NightlyTests {
  static let files = [
    "hospital.yaml": "name: {zh: 甲, en: A}\nlanguage: en\n",
    "departments.csv": "id,name\nD1,甲科\nD2,乙科\n", "staff.csv": "id,department_id\nS1,D1\n",
    "issues.csv": """
    id,department_id,raised_on,due_on,closed_on
    I1,D1,2023-01-05,2023-03-01,
    I2,D2,2023-02-05,2023-06-04,2023-06-02

    """,
  ]

  /// A folder with such workspaces below `datasets/`.
  private func folder(_ names: String...) throws -> PrivateFolder {
    let folder = try PrivateFolder()
    for name in names { try folder.folder("datasets/\(name)", files: Self.files) }
    return folder
  }

  private func nightly(
    _ folder: PrivateFolder, _ day: String, _ options: String...
  ) throws -> ProgramRun {
    try ProgramRun(["nightly", "--as-of", day] + options, in: folder.url)
  }

  private func text(_ folder: PrivateFolder, _ path: String) throws -> String {
    try String(contentsOf: folder.url.appending(path: path), encoding: .utf8)
  }

  private func write(_ text: String, _ folder: PrivateFolder, _ path: String) throws {
    try Data(text.utf8).write(to: folder.url.appending(path: path))
  }

  @Test("All workspaces have the report of the day's half, whatever becomes of one of them")
  func several() throws {
    let folder = try folder("a", "b", "c")
    try write("name: {zh: [\n", folder, "datasets/b/hospital.yaml")
    let run = try nightly(folder, "2023-06-05")
    #expect(run.exitCode == 78)
    let lines = run.output.split(separator: "\n").map { $0.split(separator: " ").prefix(3) }
    #expect(lines == [["a", "2023H1", "0"], ["b", "2023H1", "78"], ["c", "2023H1", "0"]])
    for name in ["a", "c"] {
      let statistics = try text(folder, "reports/\(name)/2023H1/statistics.csv")
      #expect(statistics.contains("issues.overdue_at_end,items,2023H1,,hospital,,1,,"))
    }
    try folder.folder("datasets/d", files: ["hospital.yaml": "name: 丁\n"])
    let worst = try nightly(folder, "2023-12-31", "datasets/d", "datasets/a")
    #expect(worst.exitCode == 66)
    #expect(worst.output.contains("a 2023H2 0 "))
  }

  @Test("A second night says what has changed since the first, and why")
  func changes() throws {
    let folder = try folder("a")
    #expect(try nightly(folder, "2023-06-03").output.contains("no earlier report"))
    let header = "metric,period,month,scope,member,old,new,class,note\n"
    #expect(try text(folder, "reports/a/2023H1/changes.csv") == header)
    let issues = Self.files["issues.csv"]! + "I3,D2,2023-06-01,2023-07-01,\n"
    try write(issues, folder, "datasets/a/issues.csv")
    #expect(try nightly(folder, "2023-06-03").exitCode == 0)
    let changes = try text(folder, "reports/a/2023H1/changes.csv")
    let reason = "late_rows,issues: 1 late row\n"
    #expect(changes.contains("issues.raised,2023H1,,department,D2,1,2,\(reason)"))
    #expect(changes.contains("issues.raised,2023H1,2023-06,hospital,,0,1,\(reason)"))
    #expect(!changes.contains(",department,D1,") && !changes.contains("staff."))
    // The same once more, as after a run that was killed at its very end.
    let before = try PrivateFolder.contents(of: folder.url.appending(path: "reports/a/2023H1"))
    #expect(try nightly(folder, "2023-06-03").exitCode == 0)
    #expect(
      try PrivateFolder.contents(of: folder.url.appending(path: "reports/a/2023H1")) == before)
  }

  @Test("Corrected and deleted rows, settings and the day are told apart")
  func reasons() throws {
    let folder = try folder("a")
    func reason(_ figure: String) throws -> Substring? {
      let changes = try text(folder, "reports/a/2023H1/changes.csv")
      return changes.split(separator: "\n").first { $0.hasPrefix(figure) }?
        .split(separator: ",", omittingEmptySubsequences: false)[7]
    }
    #expect(try nightly(folder, "2023-06-05").exitCode == 0)
    let corrected = Self.files["issues.csv"]!.replacing(
      "2023-03-01,\n", with: "2023-03-01,2023-02-02\n")
    try write(corrected, folder, "datasets/a/issues.csv")
    #expect(try nightly(folder, "2023-06-05").exitCode == 0)
    #expect(try reason("issues.closed,2023H1,,department,D1,0,1") == "corrected_rows")
    let rows = corrected.split(separator: "\n").dropLast().joined(separator: "\n") + "\n"
    try write(rows, folder, "datasets/a/issues.csv")
    #expect(try nightly(folder, "2023-06-05").exitCode == 0)
    #expect(try reason("issues.raised,2023H1,,department,D2,1,0") == "deleted_rows")
    try write(Self.files["issues.csv"]!, folder, "datasets/a/issues.csv")
    #expect(try nightly(folder, "2023-02-28").exitCode == 0)
    #expect(try reason("issues.overdue_at_end,2023H1,,") == nil)
    #expect(try nightly(folder, "2023-03-02").exitCode == 0)
    #expect(try reason("issues.overdue_at_end,2023H1,,department,D1,0,1") == "day")
    try write(
      "name: {zh: 甲, en: A}\nlanguage: en\naliases: {D1: [三科]}\n", folder,
      "datasets/a/hospital.yaml")
    try write(Self.files["issues.csv"]! + "I4,三科,2023-01-06,,\n", folder, "datasets/a/issues.csv")
    #expect(try nightly(folder, "2023-03-02").exitCode == 0)
    #expect(try reason("issues.raised,2023H1,,department,D1,1,2") == "late_rows settings")
  }

  @Test("What differs from a published report is a revision, with its class and note")
  func publish() throws {
    let folder = try folder("a")
    let publish = ["publish", "datasets/a", "--period", "2023H1"]
    let report = ["report", "datasets/a", "--period", "2023H1"]
    #expect(try ProgramRun(publish, in: folder.url).exitCode == 0)
    #expect(try ProgramRun(report, in: folder.url).errors.isEmpty)
    let header = "metric,period,month,scope,member,old,new,class,note\n"
    #expect(try text(folder, "reports/a/2023H1/revisions.csv") == header)
    let late = Self.files["issues.csv"]! + "I3,D2,2023-06-01,2023-07-01,\n"
    try write(late, folder, "datasets/a/issues.csv")
    let run = try ProgramRun(report, in: folder.url)
    #expect(run.exitCode == 0)
    #expect(run.errors.contains("figures differ from what was published"))
    let figure = "issues.raised,2023H1,,department,D2,1,2,late_rows,"
    #expect(try text(folder, "reports/a/2023H1/revisions.csv").contains(figure))
    let summary = try text(folder, "reports/a/2023H1/summary.en.txt")
    #expect(summary.contains("3 items[r]") || summary.contains("3[r]"))
    let unzip = "unzip -p reports/a/2023H1/half-year.xlsx xl/styles.xml > styles.xml"
    #expect(try WrappedRun(["/bin/sh", "-c", unzip], in: folder.url).exitCode == 0)
    #expect(try text(folder, "styles.xml").contains("#,##0&quot;[r]&quot;"))
    // Published again only with a note, which then stands beside what it explains.
    #expect(try ProgramRun(publish, in: folder.url).exitCode == 64)
    #expect(try ProgramRun(publish + ["--note", "submitted late"], in: folder.url).exitCode == 0)
    try write(late + "I4,D1,2023-06-01,,\n", folder, "datasets/a/issues.csv")
    #expect(try ProgramRun(report, in: folder.url).exitCode == 0)
    let revisions = try text(folder, "reports/a/2023H1/revisions.csv")
    #expect(revisions.contains(figure + "submitted late; issues: 1 late row"))
    #expect(
      revisions.contains("issues.raised,2023H1,,department,D1,1,2,late_rows,issues: 1 late row"))
  }

  @Test("Each department has a notice of what is overdue, due within days, or rejected")
  func notices() throws {
    let folder = try folder("a")
    let rows = "I3,D2,2023-05-01,2023-05-20,2023-04-01\nI4,D2,2023-05-01,2023-06-09,\n"
    try write(Self.files["issues.csv"]! + rows, folder, "datasets/a/issues.csv")
    try write("id,name\nD1,甲科\nD2,乙科\n../x,丙科\n", folder, "datasets/a/departments.csv")
    #expect(try nightly(folder, "2023-06-05").exitCode == 0)
    let first = try text(folder, "reports/a/2023H1/notices/D1.txt")
    #expect(first.contains("【红】逾期未销号 1 项\n  问题整改 issues.csv:2：时限 2023-03-01，已逾期 96 天\n"))
    #expect(first.contains("[red] open and overdue: 1\n") && !first.contains("yellow"))
    let second = try text(folder, "reports/a/2023H1/notices/D2.txt")
    #expect(
      second.contains("[red] rows rejected and not counted, to be corrected: 1\n  issues.csv:4: "))
    #expect(
      second.contains(
        "[yellow] due within 7 days: 1\n  Issues, issues.csv:5: due 2023-06-09, 4 days left"))
    let third = try text(folder, "reports/a/2023H1/notices/___x.txt")
    #expect(third.contains("【绿】") && third.contains("[green]"))
    let manifest = try text(folder, "reports/a/2023H1/manifest.json")
    #expect(manifest.contains("\"notices/D2.txt\""))
  }

  @Test("The history tells runs, and a figure over time")
  func history() throws {
    let folder = try folder("a")
    for day in ["2023-02-01", "2023-03-02", "2023-06-03"] {
      #expect(try nightly(folder, day).exitCode == 0)
    }
    try FileManager.default.removeItem(at: folder.url.appending(path: "datasets/a/staff.csv"))
    #expect(try nightly(folder, "2023-06-04").exitCode == 66)
    let runs = try ProgramRun(["history", "datasets/a"], in: folder.url)
    let rows = runs.output.split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
    #expect(rows.map { $0[4] } == ["2023-02-01", "2023-03-02", "2023-06-03", "2023-06-04"])
    #expect(rows.map { $0[6] } == ["0", "0", "0", "66"])
    let figure = try ProgramRun(
      ["history", "a", "--period", "2023H1", "--metric", "issues.overdue_at_end"], in: folder.url)
    let values = figure.output.split(separator: "\n").dropFirst().map {
      $0.split(separator: ",")[3]
    }
    #expect(values == ["0", "1"])
    let none = try ProgramRun(["history", "b"], in: folder.url)
    #expect(none.exitCode == 66)
  }

  @Test("A broken history costs the night an exit code and not the report, and is not touched")
  func brokenHistory() throws {
    let folder = try folder("a")
    try folder.folder(
      "reports/a", files: ["history.sqlite": "no database, but long enough to be read"])
    let run = try nightly(folder, "2023-06-03")
    #expect(run.exitCode == 74)
    #expect(run.errors.contains("history.sqlite") && run.errors.contains("damaged"))
    #expect(run.output.contains("a 2023H1 74 issued"))
    #expect(try text(folder, "reports/a/2023H1/statistics.csv").contains("issues.raised"))
    #expect(try text(folder, "reports/a/history.sqlite").hasPrefix("no database"))
  }

  @Test("Of two workspaces with one name the second is refused, not written over the first")
  func sameName() throws {
    let folder = try folder("a", "b")
    try folder.folder("others/a", files: Self.files)
    let arguments = ["nightly", "datasets/a", "others/a", "datasets/b", "--as-of", "2023-06-03"]
    let run = try ProgramRun(arguments, in: folder.url)
    let lines = run.output.split(separator: "\n")
    #expect(run.exitCode == 64 && lines.count == 3)
    #expect(lines[0].hasPrefix("a 2023H1 0 ") && lines[2].hasPrefix("b 2023H1 0 "))
    #expect(lines[1].hasPrefix("a 2023H1 64 ") && lines[1].contains("datasets/a"))
    // The same folder twice is no harm.
    let twice = try ProgramRun(
      ["nightly", "datasets/a", "datasets/a/", "--as-of", "2023-06-03"], in: folder.url)
    #expect(twice.exitCode == 0)
  }

  /// What may have become of a history, the exit code, and how the message names it.
  private static let histories: [(name: String, exitCode: Int32, message: String)] = [
    ("of a later version", 78, "later version"), ("cut short", 74, "damaged"),
    ("of another program", 74, "damaged"), ("a folder", 74, "cannot be used"),
    ("gone", 0, ""),
  ]

  private func spoil(_ history: URL, _ name: String) throws {
    var bytes = try Data(contentsOf: history)
    switch name {
    // Both numbers stand in the head of an SQLite file, in four bytes each.
    case "of a later version": bytes[63] = 99
    case "of another program": bytes[71] ^= 1
    case "cut short": bytes = bytes.prefix(bytes.count / 2)
    default:
      try FileManager.default.removeItem(at: history)
      guard name == "a folder" else { return }
      return try FileManager.default.createDirectory(
        at: history, withIntermediateDirectories: false)
    }
    try bytes.write(to: history)
  }

  @Test(
    "Whatever has become of the history, the report is new and not a byte of it is changed",
    arguments: histories.indices)
  func spoiledHistory(index: Int) throws {
    let folder = try folder("a")
    #expect(try nightly(folder, "2023-06-03").exitCode == 0)
    let (name, exitCode, message) = Self.histories[index]
    let history = folder.url.appending(path: "reports/a/history.sqlite")
    try spoil(history, name)
    let before = try? Data(contentsOf: history)
    for command in [["nightly", "--as-of", "2023-06-04"], ["nightly", "--as-of", "2023-06-04"]] {
      let run = try ProgramRun(command, in: folder.url)
      #expect(run.exitCode == exitCode, "\(name): \(run.errors)")
      #expect(run.output.contains("a 2023H1 \(exitCode) issued"), "\(run.output)")
      guard exitCode != 0 else { continue }
      #expect(run.errors.contains("reports/a/history.sqlite") && run.errors.contains(message))
      let after = try? Data(contentsOf: history)
      #expect(after == before)
    }
    #expect(try text(folder, "reports/a/2023H1/manifest.json").contains("\"2023-06-04\""))
  }

  @Test("A history that may only be read costs the night an exit code, not the report")
  func readOnlyHistory() throws {
    let folder = try folder("a")
    #expect(try nightly(folder, "2023-06-03").exitCode == 0)
    let history = folder.url.appending(path: "reports/a/history.sqlite")
    let before = try Data(contentsOf: history)
    try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: history.path)
    var command = [try ProgramRun.binary().path, "nightly", "--as-of", "2023-06-04"]
    if getuid() == 0 {
      // No right is withheld from root.
      let owned = try WrappedRun(["/bin/chown", "-R", "65534", "."], in: folder.url)
      #expect(owned.exitCode == 0)
      command = ["/usr/bin/setpriv", "--reuid=65534", "--clear-groups"] + command
    }
    let run = try WrappedRun(command, in: folder.url)
    #expect(run.exitCode == 74, "\(run.errors)")
    #expect(try text(folder, "reports/a/2023H1/manifest.json").contains("\"2023-06-04\""))
    #expect(run.errors.contains("history.sqlite") && run.errors.contains("readonly"))
    #expect(try Data(contentsOf: history) == before)
  }

  @Test("An input that the report before had, and that is gone, ends the night with 66")
  func vanished() throws {
    let folder = try folder("a")
    try folder.folder(
      "datasets/a", files: ["tasks.csv": "id,department_id,raised_on\nT1,D1,2023-01-01\n"])
    #expect(try nightly(folder, "2023-06-03").exitCode == 0)
    let before = try PrivateFolder.contents(of: folder.url.appending(path: "reports/a/2023H1"))
    try FileManager.default.removeItem(at: folder.url.appending(path: "datasets/a/tasks.csv"))
    let run = try nightly(folder, "2023-06-04")
    #expect(run.exitCode == 66)
    #expect(run.errors.contains("tasks.csv"))
    #expect(
      try PrivateFolder.contents(of: folder.url.appending(path: "reports/a/2023H1")) == before)
    // Whoever wants it so says so once.
    let report = ["report", "datasets/a", "--period", "2023H1"]
    #expect(try ProgramRun(report, in: folder.url).exitCode == 0)
    #expect(try nightly(folder, "2023-06-04").exitCode == 0)
  }

  @Test("The office's comments are told with what the report was made from")
  func comments() throws {
    let folder = try folder("a")
    try folder.folder("datasets/a", files: ["comments/2023H1.md": "一切正常。\n"])
    #expect(try nightly(folder, "2023-06-03").exitCode == 0)
    func manifest() throws -> [String: Any] {
      let url = folder.url.appending(path: "reports/a/2023H1/manifest.json")
      let json = try JSONSerialization.jsonObject(with: Data(contentsOf: url))
      return try #require(json as? [String: Any])
    }
    func digests() throws -> [String] {
      let comments = try manifest()["comments"] as? [[String: String]] ?? []
      #expect(comments.map { $0["file"] } == ["comments/2023H1.md"])
      return comments.compactMap { $0["sha256"] }
    }
    let first = try digests()
    #expect(first.first?.count == 64)
    #expect(try (manifest()["inputs"] as? [Any])?.count == 3)
    try write("仍然正常。\n", folder, "datasets/a/comments/2023H1.md")
    #expect(try nightly(folder, "2023-06-03").exitCode == 0)
    #expect(try digests() != first)
    // Nobody misses a comment that has been withdrawn.
    try FileManager.default.removeItem(at: folder.url.appending(path: "datasets/a/comments"))
    #expect(try nightly(folder, "2023-06-04").exitCode == 0)
    #expect(try (manifest()["comments"] as? [Any])?.isEmpty == true)
  }

  @Test("Messages can be JSON, one object a line")
  func jsonLog() throws {
    let folder = try folder("a", "b")
    try write("name: {zh: [\n", folder, "datasets/b/hospital.yaml")
    let run = try nightly(folder, "2023-06-03", "--log-format", "json")
    let lines = try run.errors.split(separator: "\n").map { line in
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
    }
    #expect(lines.map { $0["level"] as? String } == ["info", "error"])
    #expect(lines.map { $0["workspace"] as? String } == ["a", "b"])
    #expect(lines.map { $0["exit_code"] as? Int } == [0, 78])
    #expect(lines[0]["rows_read"] as? Int == 5)
  }

  @Test("Without a day it is the half that runs today; without any workspace it says so")
  func today() throws {
    let folder = try folder("a")
    let year = Calendar(identifier: .gregorian).component(.year, from: Date())
    let run = try ProgramRun(["nightly", "datasets/a"], in: folder.url)
    #expect(run.exitCode == 0)
    #expect(run.output.hasPrefix("a \(year)H"))
    let empty = try PrivateFolder()
    #expect(try ProgramRun(["nightly"], in: empty.url).exitCode == 66)
  }
}
