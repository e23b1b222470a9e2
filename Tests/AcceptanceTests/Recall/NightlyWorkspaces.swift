import Foundation

/// Workspaces that change between nights, each night told twice: with what is kept from the night before,
/// and with every file read.
final class NightlyWorkspaces {
  let folder: PrivateFolder
  private let names: [String]
  private var random: SeededRandom
  private var day = CalendarDay(2023, 5, 28)

  /// - Parameter seeds: of the workspaces, one each.
  init(seeds: ClosedRange<Int>) throws {
    folder = try PrivateFolder()
    names = seeds.map { "w\($0)" }
    random = SeededRandom(seeds.lowerBound)
    for seed in seeds {
      let place = folder.url.appending(path: "datasets/w\(seed)")
      try RandomWorkspace(seed: seed).write(to: place)
      if seed.isMultiple(of: 2) { try split(place) }
    }
  }

  /// One file for each department, as many hospitals have them.
  private func split(_ place: URL) throws {
    let heads = ["departments", "staff", "staff_assignments"] + Activities.files.map(\.events)
    for table in heads + Activities.files.map(\.participation) + Ledger.names {
      let whole = place.appending(path: "\(table).csv")
      guard let text = try? String(contentsOf: whole, encoding: .utf8) else { continue }
      var rows = text.split(omittingEmptySubsequences: true, whereSeparator: \.isNewline)
      guard rows.count > 6 else { continue }
      let heading = rows.removeFirst()
      let inner = place.appending(path: table)
      try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
      for part in 0..<3 {
        let own = rows.indices.filter { $0 % 3 == part }.map { rows[$0] }
        let text = ([heading] + own).joined(separator: "\n") + "\n"
        try Data(text.utf8).write(to: inner.appending(path: "\(part).csv"))
      }
      try FileManager.default.removeItem(at: whole)
    }
  }

  /// How many reports have been issued.
  private(set) var issued = 0

  /// What differs between the two tellings of the next night; empty where nothing does.
  ///
  /// - Parameter isSettled: what was written to in the last two seconds is read in any case; whether that is
  ///   waited for.
  func night(isSettled: Bool) throws -> [String] {
    if isSettled { Thread.sleep(forTimeInterval: 2.1) }
    let arguments = ["nightly", "--as-of", day.text]
    let recalled = try ProgramRun(arguments + ["--output", "recalled"], in: folder.url)
    let afresh = try ProgramRun(arguments + ["--output", "afresh", "--afresh"], in: folder.url)
    issued += recalled.output.split(separator: "\n").count { $0.contains(" 0 ") }
    var differences: [String] = []
    // Of the same day nothing may have changed; the night says so, and is the same otherwise.
    let told = recalled.output.split(separator: "\n").map { line in
      String(line.replacing(/(；与第 \d+ 次运行|; nothing has changed since run).*/, with: ""))
    }
    if told != afresh.output.split(separator: "\n").map(String.init)
      || recalled.exitCode != afresh.exitCode
    {
      differences.append("\(recalled.output)\nand afresh:\n\(afresh.output)")
    }
    for name in names {
      let (one, other) = (try reports("recalled/\(name)"), try reports("afresh/\(name)"))
      let keys = Set(one.keys).union(other.keys)
      differences += keys.filter { one[$0] != other[$0] }.sorted().map {
        "\(name), \(day.text): \($0)"
      }
    }
    return differences
  }

  private func reports(_ path: String) throws -> [String: Data] {
    let url = folder.url.appending(path: path)
    guard FileManager.default.fileExists(atPath: url.path) else { return [:] }
    return try PrivateFolder.contents(of: url).filter {
      !$0.key.hasPrefix("history.sqlite") && !$0.key.hasPrefix(".summaries")
    }
  }

  /// The summaries that are there, each with what tells a rewritten file.
  func summaries() throws -> Set<String> {
    var found: Set<String> = []
    for name in names {
      let place = folder.url.appending(path: "recalled/\(name)/.summaries")
      for file in (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? [] {
        let attributes = try FileManager.default.attributesOfItem(
          atPath: place.appending(path: file).path)
        if file.count == 64 {
          found.insert("\(name)/\(file) \(attributes[.systemFileNumber] ?? 0)")
        }
      }
    }
    return found
  }

  /// Lets a day or more go by, and something happen to some of the files.
  func goOn() throws {
    day =
      random.chance(15) ? CalendarDay(2023, 7, 3) : day.later(by: random.pick([-20, 0, 1, 1, 3]))
    for name in names where random.chance(70) {
      let place = folder.url.appending(path: "datasets/\(name)")
      let files = try PrivateFolder.contents(of: place).keys.sorted()
      // What others refer to is changed more often than there are files of it.
      let heads = files.filter { file in
        ["departments", "staff", "hospital"].contains { file.hasPrefix($0) }
      }
      for _ in 0..<random.number(in: 1...2) {
        try change(place, random.pick(random.chance(40) ? heads : files), among: files)
      }
    }
  }

  private func change(_ place: URL, _ file: String, among files: [String]) throws {
    let url = place.appending(path: file)
    guard let bytes = try? Data(contentsOf: url) else { return }
    if file == "hospital.yaml" {
      let keys = [
        "language: en\n", "max_rejected_percent: 90\n", "department_view: as-now\n", "",
        "ledgers: {listed: [issues, tasks]}\n", "vocabulary: {issues: {category: [服务]}}\n",
      ]
      try Data("name: {zh: 随机, en: Random}\n\(random.pick(keys))".utf8).write(to: url)
      return
    }
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    let at = random.number(in: 0...lines.count - 1)
    switch random.number(in: 0...6) {
    case 0: lines.remove(at: at)
    case 1: lines.insert(lines[at], at: random.number(in: 0...lines.count))
    case 2: lines.swapAt(at, random.number(in: 0...lines.count - 1))
    case 3:
      // A row of another file of the same table, which then stands there twice.
      let folder = file.split(separator: "/").dropLast().joined()
      let other = random.pick(files.filter { $0.hasPrefix(folder) })
      let rows = try Data(contentsOf: place.appending(path: other)).split(separator: 0x0A)
      if let row = rows.last { lines.insert(row, at: lines.count - 1) }
    case 4 where file.contains("/"):
      try FileManager.default.moveItem(at: url, to: URL(fileURLWithPath: url.path + "x.csv"))
      return
    case 5 where lines[at].count > 2:
      let cut = lines[at].dropLast(random.number(in: 1...lines[at].count - 1))
      lines[at] = cut
    default: break
    }
    try Data(lines.joined(separator: [0x0A])).write(to: url)
  }
}
