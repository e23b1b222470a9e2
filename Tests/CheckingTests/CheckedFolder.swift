import Foundation
import Records
import Workspace

@testable import Checking

/// A workspace in a folder of its own, checked as a run does it; the folder goes with the value.
final class CheckedFolder {
  private let folder: URL
  let checker: Checker
  private(set) var departments: Departments?
  private(set) var staff: Staff?
  /// What was accepted, by the name of the source.
  private(set) var participations: [String: [Participation]] = [:]
  private(set) var items: [String: [LedgerItem]] = [:]
  private(set) var events: [String: Events] = [:]

  static let departments = "id,name,aliases\nD1,内科,大内科\nD2,外科,\nD3,合肥路门诊,\n"
  static let staff = "id,name,department_id\nS1,王伟,D1\nS2,李芳,D1\nS3,张敏,D2\n"

  /// - Parameters:
  ///   - files: departments, staff and settings are added where they are not there.
  ///   - looksForSameEvents: as `check` does.
  ///   - whenRead: is called with the folder when rows of participations have been accepted.
  convenience init(
    _ files: [String: String], jobs: Int = 2, looksForSameEvents: Bool = false,
    whenRead: @escaping (URL) -> Void = { _ in }
  ) throws {
    try self.init(
      contents: files.mapValues { Array($0.utf8) }, jobs: jobs,
      looksForSameEvents: looksForSameEvents, whenRead: whenRead)
  }

  init(
    contents files: [String: [UInt8]], jobs: Int = 2, looksForSameEvents: Bool = false,
    whenRead: @escaping (URL) -> Void = { _ in }
  ) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    var files = files
    for (name, text) in [
      ("departments.csv", CheckedFolder.departments), ("staff.csv", CheckedFolder.staff),
      ("hospital.yaml", "name: 市医院\n"),
    ] where files[name] == nil { files[name] = Array(text.utf8) }
    for (name, bytes) in files {
      let url = folder.appending(path: name)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: url)
    }
    let workspace = try Workspace(path: folder.path)
    checker = Checker(workspace: workspace, jobs: jobs, lastKnownDay: .latest)
    checker.looksForSameEvents = looksForSameEvents
    departments = checker.departments()
    guard let departments else { return }
    staff = checker.staff(departments)
    guard let staff else { return }
    for source in workspace.sources {
      read(source, departments, staff, jobs) { [folder] in whenRead(folder) }
    }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private func read(
    _ source: Source, _ departments: Departments, _ staff: Staff, _ jobs: Int,
    whenRead: @escaping () -> Void
  ) {
    let collectors = (0..<jobs).map { _ in Collector(whenRead) }
    if source.family == .ledger {
      _ = checker.ledger(
        source, departments: departments, staff: staff, consumers: collectors)
      items[source.name] = collectors.flatMap(\.items)
    } else if let found = checker.events(source, departments) {
      events[source.name] = found
      _ = checker.participations(source, events: found, staff: staff, consumers: collectors)
      participations[source.name] = collectors.flatMap(\.participations)
    }
  }

  func outcome(_ file: String) -> FileOutcome? { checker.outcomes.first { $0.file == file } }

  /// The codes and rows found in a file.
  func found(_ file: String) -> [String] {
    checker.findings.sorted.filter { $0.location.file == file }.map {
      "\($0.location.row) \($0.code.rawValue)"
    }
  }
}

private final class Collector: ParticipationConsumer, LedgerConsumer {
  private(set) var participations: [Participation] = []
  private(set) var items: [LedgerItem] = []
  private let whenRead: () -> Void
  init(_ whenRead: @escaping () -> Void) { self.whenRead = whenRead }
  func add(_ batch: UnsafeBufferPointer<Participation>) {
    participations += batch
    whenRead()
  }
  func addMoved(_ batch: UnsafeBufferPointer<Participation>) { add(batch) }
  func add(_ batch: UnsafeBufferPointer<LedgerItem>) { items += batch }
}
