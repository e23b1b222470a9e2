import Foundation
import History
import Records
import Testing

@Suite("The history")
struct HistoryStoreTests {
  private let folder: HistoryFolder
  private var path: String { folder.path }

  init() throws { folder = try HistoryFolder() }

  private func snapshot(
    _ values: [String: [Int64]], day: String = "2023-06-01", findings: [Finding] = [],
    inputs: [String: String] = ["issues.csv": "aa"]
  ) -> Snapshot {
    let names = values.keys.sorted()
    let run = RunRecord(
      command: "nightly", period: "2023H1", asOf: day, program: "1", finished: 1_700_000_000,
      rowsRead: 10)
    return Snapshot(
      run: run, fingerprint: "\(day) \(inputs)",
      inputs: inputs.sorted { $0.key < $1.key }.map {
        InputRecord(file: $0, sha256: $1, rowsRead: 9, rowsAccepted: 8, rowsRejected: 1)
      },
      findings: findings, seriesCount: names.count
    ) { index in
      let numbers = values[names[index]] ?? []
      return (
        Self.key(names[index]),
        SeriesFigures(
          members: (0..<numbers.count).map { "D\($0)" }, numerators: numbers,
          denominators: numbers.map { $0 < 0 ? 0 : 3 }, scale: 1)
      )
    }
  }

  private static func key(_ metric: String) -> SeriesKey {
    SeriesKey(metric: metric, period: "2023H1", month: "", scope: "department")
  }

  private func changes(_ store: HistoryStore, _ snapshot: Snapshot) throws -> [FigureChange] {
    let base = try #require(try store.base(period: "2023H1", unlike: snapshot.fingerprint))
    return try store.changes(
      since: base.number, report: "2023H1", seriesCount: snapshot.seriesCount,
      series: snapshot.series)
  }

  @Test("Figures come back as they were in each run, whatever has changed since")
  func figuresOverTime() throws {
    let store = try HistoryStore(path: path, for: .recording)
    let big = Int64.max
    #expect(try store.record(snapshot(["a": [1, -2, big], "b": [5]])) == 1)
    #expect(try store.record(snapshot(["a": [1, -2, big], "b": [6]], day: "2023-06-02")) == 2)
    #expect(try store.record(snapshot(["a": [1, 300, Int64.min]], day: "2023-06-03")) == 3)
    let course = try store.figure(Self.key("a"), member: "D1", report: "2023H1")
    #expect(course.map(\.run) == [1, 3])
    #expect(course.map { $0.figure?.numerator } == [-2, 300])
    #expect(course.map { $0.figure?.denominator } == [0, 3])
    let last = try store.figure(Self.key("a"), member: "D2", report: "2023H1")
    #expect(last.map { $0.figure?.numerator } == [big, Int64.min])
    let gone = try store.figure(Self.key("b"), member: "D0", report: "2023H1")
    #expect(gone.map { $0.figure?.numerator } == [5, 6, nil])
    #expect(try store.figure(Self.key("a"), member: "D9", report: "2023H1").isEmpty)
  }

  @Test("What has changed is told by member, with what is new and what is gone")
  func changes() throws {
    let store = try HistoryStore(path: path, for: .recording)
    _ = try store.record(snapshot(["a": [1, 2], "b": [5], "c": [7]]))
    let now = snapshot(["a": [1, 3, 4], "c": [7], "d": [8]], day: "2023-06-02")
    let told = try changes(store, now).map {
      "\($0.key.metric) \($0.member) \($0.old?.numerator ?? 0) \($0.new?.numerator ?? 0)"
    }
    #expect(told == ["a D1 2 3", "a D2 0 4", "d D0 0 8", "b D0 5 0"])
  }

  @Test("A repeated run is compared with what the first one was compared with")
  func repeatedRun() throws {
    let store = try HistoryStore(path: path, for: .recording)
    _ = try store.record(snapshot(["a": [1]]))
    let second = snapshot(["a": [2]], day: "2023-06-02")
    let first = try changes(store, second)
    #expect(first.count == 1)
    _ = try store.record(second)
    #expect(try changes(store, second) == first)
    _ = try store.record(second)
    #expect(try store.runs().map(\.number) == [1, 2, 3])
    #expect(try changes(store, second) == first)
    #expect(try store.base(period: "2022H2", unlike: "") == nil)
  }

  @Test("A night on which nothing has changed takes no room for figures")
  func size() throws {
    var store: HistoryStore? = try HistoryStore(path: path, for: .recording)
    let values = Dictionary(
      uniqueKeysWithValues: (0..<200).map { number in
        ("metric\(number)", (0..<61).map { Int64($0 * number) })
      })
    _ = try store?.record(snapshot(values))
    store = nil
    let size = try folder.size
    store = try HistoryStore(path: path, for: .recording)
    for day in 2...30 {
      _ = try store?.record(snapshot(values, day: "2023-06-\(day)"))
    }
    store = nil
    #expect(try folder.size - size < 20_000)
    #expect(size < 200_000)
  }

  @Test("That a day has not come yet is kept once, though each night tells of its own day")
  func futureDays() throws {
    let store = try HistoryStore(path: path, for: .recording)
    let place = SourceLocation(file: "issues.csv", row: 3, column: "提出日期")
    func finding(_ day: String, _ value: String = "2023-07-01") -> Finding {
      Finding(.inTheFuture, at: place, value: value, detail: day)
    }
    for day in ["2023-06-01", "2023-06-02", "2023-06-03"] {
      _ = try store.record(snapshot([:], day: day, findings: [finding(day)]))
    }
    _ = try store.record(
      snapshot([:], day: "2023-06-04", findings: [finding("2023-06-04", "2023-07-02")]))
    let kept = try store.findings()
    #expect(kept.map(\.finding.value) == ["2023-07-01", "2023-07-02"])
    #expect(kept.map(\.since) == [1, 4] && kept.map(\.gone) == [4, nil])
    #expect(try store.findings(present: true).map(\.since) == [4])
  }

  @Test("A night that came to what a run had come to has that run's inputs, findings and figures")
  func repetition() throws {
    let store = try HistoryStore(path: path, for: .recording)
    let finding = Finding(.missingValue, at: SourceLocation(file: "issues.csv", row: 3))
    let first = try store.record(snapshot(["metric": [1, 2]], findings: [finding]))
    let run = try #require(try store.runs().last)
    var record = run.run
    record.milliseconds = 7
    let second = try store.record(record, repeating: run)
    #expect(second == first + 1)
    let runs = try store.runs()
    #expect(runs.map(\.fingerprint) == [run.fingerprint, run.fingerprint])
    #expect(runs.last?.run.milliseconds == 7)
    #expect(try store.inputs(asOf: second) == store.inputs(asOf: first))
    #expect(try store.findings(present: true).map(\.finding) == [finding])
    // What comes next is told from it as from the first one.
    let next = snapshot(["metric": [1, 3]], day: "2023-06-02")
    #expect(try store.base(period: "2023H1", unlike: next.fingerprint)?.number == second)
    let changes = try store.changes(
      since: second, report: "2023H1", seriesCount: next.seriesCount, series: next.series)
    #expect(changes.count == 1)
  }

  @Test(
    "Inputs and findings are kept from the run in which they came to the one in which they went")
  func inputsAndFindings() throws {
    let store = try HistoryStore(path: path, for: .recording)
    let finding = Finding(
      .missingValue, at: SourceLocation(file: "issues.csv", row: 3, column: "编号"), value: "",
      detail: "")
    _ = try store.record(snapshot([:], findings: [finding]))
    _ = try store.record(
      snapshot(
        [:], day: "2023-06-02", findings: [finding], inputs: ["issues.csv": "bb", "x": "cc"]))
    _ = try store.record(snapshot([:], day: "2023-06-03", inputs: ["issues.csv": "bb"]))
    #expect(
      try (1...3).map { try store.inputs(asOf: $0).map(\.sha256) } == [
        ["aa"], ["bb", "cc"], ["bb"],
      ])
    let kept = try store.findings()
    #expect(kept.map(\.finding) == [finding])
    #expect(kept.map(\.since) == [1] && kept.map(\.gone) == [3])
  }

  @Test("A file that is no history, or a damaged one, is named and left as it is")
  func damaged() throws {
    _ = try HistoryStore(path: path, for: .recording).record(snapshot(["a": [1, 2, 3]]))
    let sound = try folder.bytes
    var broken = sound
    for index in 1024..<6000 { broken[index] ^= 0x5A }
    for bytes in [Data("no database at all, but a text of some length\n".utf8), broken] {
      try bytes.write(to: URL(filePath: path))
      for use in [HistoryStore.Use.recording, .reading] {
        #expect {
          _ = try HistoryStore(path: path, for: use)
        } throws: { error in
          if case .damaged(path, _) = error as? HistoryError { return true }
          return false
        }
      }
      #expect(try folder.bytes == bytes)
    }
  }

  @Test("A history of a later version is named and left as it is")
  func newer() throws {
    _ = try HistoryStore(path: path, for: .recording).record(snapshot(["a": [1]]))
    var bytes = try folder.bytes
    // The user version stands at byte 60 of the file's first page, big-endian.
    bytes[63] = 99
    try bytes.write(to: URL(filePath: path))
    #expect(throws: HistoryError.newer(path: path, version: 99)) {
      _ = try HistoryStore(path: path, for: .recording)
    }
    #expect(try folder.bytes == bytes)
  }

  @Test("A database of another program is left as it is")
  func foreign() throws {
    _ = try HistoryStore(path: path, for: .recording).record(snapshot(["a": [1]]))
    var bytes = try folder.bytes
    bytes[68] ^= 1
    try bytes.write(to: URL(filePath: path))
    #expect(throws: HistoryError.self) { _ = try HistoryStore(path: path, for: .recording) }
    #expect(try folder.bytes == bytes)
  }

  @Test("Reading does not make a history")
  func reading() throws {
    #expect(throws: HistoryError.self) { _ = try HistoryStore(path: path, for: .reading) }
    #expect(!HistoryStore.exists(at: path))
  }
}

/// A folder for one history, removed with the value.
private final class HistoryFolder: Sendable {
  let path: String
  private let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.appending(path: "history.sqlite").path
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  var bytes: Data { get throws { try Data(contentsOf: URL(filePath: path)) } }
  var size: Int { get throws { try bytes.count } }
}
