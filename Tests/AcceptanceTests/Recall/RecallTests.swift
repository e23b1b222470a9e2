import Foundation
import Testing

/// A file that nobody has written to is not read again, and no report shows it.
@Suite("Unchanged files")
struct RecallTests {
  static let files = [
    "hospital.yaml": "name: {zh: 甲, en: A}\n",
    "departments.csv": "id,name\nD1,甲科\nD2,乙科\n",
    "staff.csv": """
    id,name,department_id,employment,joined_on,volunteer
    S1,子,D1,employee,2020-01-01,是
    S2,丑,D2,trainee,,否
    S3,寅,丁科,,,

    """,
    "staff/b.csv": "id,name,department_id\nS3,寅,D2\nS4,辰,D2\n",
    "staff_assignments.csv": "staff_id,department_id,from,to\nS4,D1,2023-01-01,2023-03-31\n",
    "submissions.csv": "department_id,source,period,received_on\nD1,training,2023H1,2023-06-01\n",
    "training_sessions.csv": """
    id,date,department_id,hours,form,participants
    T1,2023-02-01,D1,1.5,讲座,3
    T1,2023-02-03,D2,1.5,讲座,3
    T2,2023-06-05,D2,,演练,
    T3,2023-06-06,D3,,演练,
    T4,2023-05-06,D2,1,,7

    """,
    "training_attendance/a.csv": "session_id,staff_id,hours\nT1,S1,\nT1,S2,0.5\nT1,S2,1\n",
    "training_attendance/b.csv": "session_id,staff_id,hours\nT2,S3,2\nT2,S9,\n",
    "training_attendance/c.csv": "session_id,staff_id,hours\nT2,S1,-1\nT2,S2,1\n",
    "assessments.csv": "id,date,department_id\nA1,2023-03-01,D1\n",
    "assessment_results.csv": """
    assessment_id,staff_id,score,passed
    A1,S1,88.5,是
    A1,S2,,
    A1,S1,90,否
    A1,S3,59,否

    """,
    "issues/a.csv": """
    编号,责任科室,提出日期,整改时限,销号日期,层级,类别
    1,甲科,2023-01-05,2023-03-01,2023-06-04,个人,服务
    2,乙科,2023-02-05,,2023-01-01,,质量
    2,乙科,2023-02-06,2023-06-06,,院级,质量

    """,
    "issues/b.csv": "编号,责任科室,提出日期,类别\n3,乙科,2023-06-20,作风\n4,丙科,2023-01-01,\n",
    "tasks.csv": "id,department_id,raised_on,staff_id\nX,D1,2023-05-01,S1\nY,D2,2023-05-01,\n",
  ]

  private func folder() throws -> PrivateFolder {
    let folder = try PrivateFolder()
    try folder.folder("datasets/w", files: Self.files)
    Thread.sleep(forTimeInterval: 2.1)
    return folder
  }

  private func write(_ text: String, _ file: String, _ folder: PrivateFolder) throws {
    try Data(text.utf8).write(to: folder.url.appending(path: "datasets/w/\(file)"))
  }

  @discardableResult
  private func night(
    _ folder: PrivateFolder, _ day: String, _ output: String = "reports", _ options: String...
  ) throws -> [String: Data] {
    let run = try ProgramRun(
      ["nightly", "--as-of", day, "--output", output] + options, in: folder.url)
    #expect(run.exitCode == 0, "\(run.errors)")
    return try PrivateFolder.contents(of: folder.url.appending(path: "\(output)/w/2023H1"))
  }

  /// The files of the workspace that a night opens.
  private func opened(
    _ folder: PrivateFolder, _ day: String, _ options: String...
  ) throws -> Set<String> {
    let run = try WrappedRun(
      [
        SystemCallFaults.strace, "-f", "-qq", "-o", "trace.txt", "-e", "trace=open,openat",
        try ProgramRun.binary().path, "nightly", "--as-of", day,
      ] + options, in: folder.url)
    #expect(run.exitCode == 0, "\(run.errors)")
    let trace = try String(contentsOf: folder.url.appending(path: "trace.txt"), encoding: .utf8)
    let names = Self.files.keys.filter { trace.contains("\"datasets/w/\($0)\"") }
    return Set(names)
  }

  private static let all = Set(files.keys)
  /// Those whose rows name people.
  private static let lists = all.filter { file in
    ["attendance", "results", "issues", "tasks"].contains { file.contains($0) }
  }

  /// One file of each kind with a row more, and which files must be read then.
  private static let growth: [(file: String, row: String, opened: Set<String>)] = [
    ("submissions.csv", "D2,training,2023H1,2023-06-02\n", ["submissions.csv"]),
    ("issues/a.csv", "5,甲科,2023-04-01,,,,\n", ["issues/a.csv"]),
    // Of those behind the changed one in its table only that is read which has a row of it, too.
    (
      "training_attendance/a.csv", "T2,S1,2\n",
      ["training_attendance/a.csv", "training_attendance/c.csv"]
    ),
    (
      "training_sessions.csv", "T5,2023-05-07,D1,1,,\n",
      [
        "training_sessions.csv", "training_attendance/a.csv", "training_attendance/b.csv",
        "training_attendance/c.csv",
      ]
    ),
    (
      "staff_assignments.csv", "S4,D2,2023-04-01,\n", lists.union(["staff_assignments.csv"])
    ),
    ("staff/b.csv", "S9,卯,D1\n", lists.union(["staff/b.csv", "staff_assignments.csv"])),
    ("departments.csv", "D3,丁科\n", all),
  ]

  @Test(
    "Only what has been written to is opened again, and what refers to it",
    .enabled(if: SystemCallFaults.isPossible))
  func opens() throws {
    let folder = try folder()
    #expect(try opened(folder, "2023-06-03") == Self.all)
    #expect(try opened(folder, "2023-06-04") == ["hospital.yaml"])
    #expect(try opened(folder, "2023-06-05", "--afresh") == Self.all)
    // Of what was just written to a second writing could leave no trace: it may be read once more.
    var recent: Set = ["hospital.yaml"]
    for (file, row, further) in Self.growth {
      try write(Self.files[file]! + row, file, folder)
      recent.formUnion(further)
      let found = try opened(folder, "2023-06-05")
      #expect(found.isSubset(of: recent), "\(file): \(found.subtracting(recent).sorted())")
      #expect(found.isSuperset(of: further), "\(file): \(further.subtracting(found).sorted())")
    }
  }

  @Test(
    "Another program, other settings, or a file just written: everything is read",
    .enabled(if: SystemCallFaults.isPossible))
  func distrust() throws {
    let folder = try folder()
    try night(folder, "2023-06-03")
    try write(Self.files["hospital.yaml"]! + "language: en\n", "hospital.yaml", folder)
    #expect(try opened(folder, "2023-06-03") == Self.all)
    let copy = folder.url.appending(path: "halfyear")
    try FileManager.default.copyItem(at: try ProgramRun.binary(), to: copy)
    let run = try WrappedRun(
      [
        SystemCallFaults.strace, "-f", "-qq", "-o", "trace.txt", "-e", "trace=openat", copy.path,
        "nightly", "--as-of", "2023-06-03",
      ], in: folder.url)
    #expect(run.exitCode == 0)
    let trace = try String(contentsOf: folder.url.appending(path: "trace.txt"), encoding: .utf8)
    #expect(Self.all.allSatisfy { trace.contains("datasets/w/\($0)") })
    // A second writing within the same tick could leave no trace.
    try write(Self.files["assessment_results.csv"]!, "assessment_results.csv", folder)
    try night(folder, "2023-06-03")
    #expect(try opened(folder, "2023-06-03").contains("assessment_results.csv"))
  }

  @Test("Whatever changes, a report is the same as if every file had been read")
  func sameBytes() throws {
    let size = FaultTests.isWhole ? 40 : 8
    let workspaces = try NightlyWorkspaces(seeds: 1...size)
    var used = 0
    var before: Set<String> = []
    let rounds = FaultTests.isWhole ? 40 : 12
    for round in 0..<rounds {
      let differences = try workspaces.night(isSettled: round.isMultiple(of: 4))
      #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))")
      let now = try workspaces.summaries()
      used += before.intersection(now).count
      before = now
      try workspaces.goOn()
    }
    #expect(used > size * rounds)
    // The more has happened to a workspace, the more often it is refused, in both tellings.
    #expect(workspaces.issued > size * rounds / 5)
  }

  /// Changes of what rows of other files refer to, each of which another report follows from.
  private static let changes: [(file: String, text: String)] = [
    ("departments.csv", "id,name\nD0,子科\nD1,甲科\nD2,乙科\n"),
    ("departments.csv", "id,name,aliases\nD1,甲科,\nD2,乙科,丙科\n"),
    ("departments.csv", "id,name,closed_on,successor\nD1,甲科,2023-01-10,D2\nD2,乙科,,\n"),
    ("staff.csv", files["staff.csv"]!.replacing("S1,子", with: "S0,卯,D1,,,\nS1,子")),
    ("staff.csv", files["staff.csv"]!.replacing("丑,D2", with: "丑,D1")),
    ("staff.csv", files["staff.csv"]! + "S9,卯,D1,,,\n"),
    ("staff/b.csv", files["staff/b.csv"]! + "S2,未,D1\n"),
    ("staff.csv", files["staff.csv"]!.replacing("2020-01-01,是", with: "2023-03-01,否")),
    ("training_sessions.csv", files["training_sessions.csv"]!.replacing("D1,1.5", with: "D1,2")),
    (
      "training_sessions.csv",
      files["training_sessions.csv"]!.replacing("T1,2023-02", with: "T1,2022-11")
    ),
    ("hospital.yaml", "name: {zh: 甲, en: A}\naliases: {D1: [丙科]}\n"),
    ("staff_assignments.csv", "staff_id,department_id,from\nS1,D2,2023-01-01\n"),
    ("submissions.csv", "department_id,source,period,received_on\nD9,training,2023H1,2023-06-01\n"),
  ]

  @Test("Each thing that rows refer to has them read again")
  func dependencies() throws {
    let folder = try folder()
    let untouched = try night(folder, "2023-06-03")
    for (file, text) in Self.changes {
      try write(text, file, folder)
      let recalled = try night(folder, "2023-06-03")
      let afresh = try night(folder, "2023-06-03", "afresh", "--afresh")
      for name in recalled.keys where name != "changes.csv" && name != "manifest.json" {
        #expect(recalled[name] == afresh[name], "\(file), \(text): \(name)")
      }
      #expect(
        recalled["statistics.csv"] != untouched["statistics.csv"]
          || recalled["findings.csv"] != untouched["findings.csv"], "\(file), \(text)")
      try write(Self.files[file]!, file, folder)
      try night(folder, "2023-06-03")
    }
  }

  @Test("Damaged summaries are as if they were not there")
  func damaged() throws {
    let folder = try folder()
    let expected = try night(folder, "2023-06-03", "afresh", "--afresh")
    try night(folder, "2023-06-02")
    let summaries = folder.url.appending(path: "reports/w/.summaries")
    let last = summaries.appending(path: "last")
    var random = SeededRandom(7)
    for trial in 0..<(FaultTests.isWhole ? 300 : 20) {
      let names = try FileManager.default.contentsOfDirectory(atPath: summaries.path).sorted()
      #expect(names.count == Self.all.count + 1)
      for name in names where random.chance(50) {
        let url = summaries.appending(path: name)
        let other = try Data(contentsOf: summaries.appending(path: random.pick(names)))
        try Self.damage(try Data(contentsOf: url), other, &random).write(to: url)
      }
      // A night of the same day that still believed the last one would not look at the others.
      try Data().write(to: last)
      var report = try night(folder, "2023-06-03")
      if trial == 0 { report["changes.csv"] = expected["changes.csv"] }
      let different = report.keys.filter {
        $0 != "changes.csv" && $0 != "manifest.json" && report[$0] != expected[$0]
      }
      #expect(different.isEmpty && report["manifest.json"] == expected["manifest.json"])
    }
  }

  @Test("Damaged summaries are named, in the language of the hospital", arguments: ["zh", "en"])
  func named(language: String) throws {
    let folder = try folder()
    try write(Self.files["hospital.yaml"]! + "language: \(language)\n", "hospital.yaml", folder)
    try night(folder, "2023-06-02")
    let summaries = folder.url.appending(path: "reports/w/.summaries")
    let names = try FileManager.default.contentsOfDirectory(atPath: summaries.path).sorted()
    let name = try #require(names.first { $0.count == 64 })
    let url = summaries.appending(path: name)
    try Data(try Data(contentsOf: url).dropLast()).write(to: url)
    let run = try ProgramRun(["nightly", "--as-of", "2023-06-03"], in: folder.url)
    #expect(run.exitCode == 0 && run.errors.contains(name), "\(run.errors)")
    #expect(run.errors.contains(language == "zh" ? "摘要已损坏" : "summaries are damaged"))
    // It has been made anew.
    let next = try ProgramRun(["nightly", "--as-of", "2023-06-04"], in: folder.url)
    #expect(next.exitCode == 0 && next.errors.isEmpty, "\(next.errors)")
  }

  @Test("A night for which nothing has changed leaves the report, and is in the history")
  func repeated() throws {
    let folder = try folder()
    let first = try night(folder, "2023-06-03")
    let run = try ProgramRun(["nightly", "--as-of", "2023-06-03"], in: folder.url)
    #expect(run.exitCode == 0 && run.output.contains("与第 1 次运行相比无变化"), "\(run.output)")
    let report = folder.url.appending(path: "reports/w/2023H1")
    #expect(try PrivateFolder.contents(of: report) == first)
    #expect(try night(folder, "2023-06-03", "afresh", "--afresh") == first)
    let history = try ProgramRun(["history", "datasets/w"], in: folder.url)
    #expect(history.output.components(separatedBy: "2023-06-03").count == 3, "\(history.output)")
    // The next day is told from it as from the first one.
    let next = try night(folder, "2023-06-05")
    try night(folder, "2023-06-03", "once")
    #expect(try night(folder, "2023-06-05", "once") == next)
  }

  /// What is done between two nights of one day, each of which makes a difference to the report or its folder.
  private static let causes: [(name: String, change: @Sendable (URL) throws -> Void)] = [
    ("a row more", { try Self.append("T2,S1,2\n", "datasets/w/training_attendance/a.csv", $0) }),
    ("a further file", { try Self.append("id,name\n", "datasets/w/unknown.csv", $0) }),
    ("a comment", { try Self.append("# 说明\n\n好。\n", "datasets/w/comments/2023H1.md", $0) }),
    ("settings", { try Self.append("language: en\n", "datasets/w/hospital.yaml", $0) }),
    ("a file less", { try Self.remove("datasets/w/submissions.csv", $0) }),
    ("an altered report", { try Self.append("x", "reports/w/2023H1/statistics.csv", $0) }),
    ("a lost text", { try Self.remove("reports/w/2023H1/summary.en.txt", $0) }),
    ("no history", { try Self.remove("reports/w/history.sqlite", $0) }),
  ]

  private static func append(_ text: String, _ path: String, _ folder: URL) throws {
    let url = folder.appending(path: path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    let before = (try? Data(contentsOf: url)) ?? Data()
    try (before + Data(text.utf8)).write(to: url)
  }

  private static func remove(_ path: String, _ folder: URL) throws {
    try FileManager.default.removeItem(at: folder.appending(path: path))
  }

  @Test("Whatever has changed, the report is made anew", arguments: causes.indices)
  func made(cause: Int) throws {
    let folder = try folder()
    try night(folder, "2023-06-03")
    try Self.causes[cause].change(folder.url)
    let run = try ProgramRun(["nightly", "--as-of", "2023-06-03"], in: folder.url)
    // An input that is gone is no reason for another report, but for none.
    let isGone = Self.causes[cause].name == "a file less"
    #expect(run.exitCode == (isGone ? 66 : 0), "\(run.errors)")
    #expect(!run.output.contains("无变化") && !run.output.contains("nothing has changed"))
    let report = folder.url.appending(path: "reports/w/2023H1")
    guard !isGone else { return }
    let anew = try PrivateFolder.contents(of: report)
    let afresh = try night(folder, "2023-06-03", "afresh", "--afresh")
    for name in afresh.keys where name != "changes.csv" {
      #expect(anew[name] == afresh[name], "\(Self.causes[cause].name): \(name)")
    }
  }

  @Test("What is signed is made of the bytes as they are, whatever the system says of the files")
  func signed() throws {
    let folder = try folder()
    try night(folder, "2023-06-03")
    let arguments = ["report", "datasets/w", "--period", "2023H1", "--as-of", "2023-06-03"]
    let kept = try ProgramRun(arguments, in: folder.url)
    let plain = try ProgramRun(arguments + ["--output", "plain"], in: folder.url)
    #expect(kept.exitCode == 0 && plain.exitCode == 0, "\(kept.errors)")
    let report = { (output: String) in
      try PrivateFolder.contents(of: folder.url.appending(path: "\(output)/w/2023H1"))
    }
    let (one, other) = (try report("reports"), try report("plain"))
    // What a night adds stays beside the report.
    #expect(other.allSatisfy { one[$0] == $1 } && other.count > 5)
  }

  private static func damage(_ bytes: Data, _ other: Data, _ random: inout SeededRandom) -> Data {
    var bytes = bytes
    switch random.number(in: 0...4) {
    case 0: return Data()
    case 1: return bytes.prefix(random.number(in: 0...bytes.count))
    case 2: return other
    case 3: return bytes + other
    default:
      let at = random.number(in: 0...max(bytes.count - 1, 0))
      if at < bytes.count { bytes[bytes.startIndex + at] ^= UInt8(1 << random.number(in: 0...7)) }
      return bytes
    }
  }

  @Test("A folder of summaries that cannot be written costs no report")
  func unwritable() throws {
    let folder = try folder()
    try folder.folder("reports/w", files: [".summaries": "a file"])
    let run = try ProgramRun(["nightly", "--as-of", "2023-06-03"], in: folder.url)
    #expect(run.exitCode == 0)
    #expect(run.errors.contains(".summaries"))
    #expect(run.output.contains("w 2023H1 0 "))
  }
}
