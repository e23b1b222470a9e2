internal import Reading
public import Records
internal import Workspace

/// One line of the register of what departments have sent: `submissions.csv`.
public struct Submission: Hashable, Sendable {
  /// Index into the departments.
  public let department: Int32
  /// The name of the source; nil where all of them came together.
  public let source: String?
  /// As periods are written, `2023H1`.
  public let period: String
  public let receivedOn: Day

  public init(department: Int32, source: String?, period: String, receivedOn: Day) {
    self.department = department
    self.source = source
    self.period = period
    self.receivedOn = receivedOn
  }
}

extension Checker {
  /// Reads the register of submissions; empty where there is none.
  public func submissions(_ departments: Departments) -> [Submission] {
    let table = TableSchema.submissions(workspace.settings.sources)
    guard !workspace.files(of: table).isEmpty else { return [] }
    let pass = TablePass(table, implying: departments)
    let references = References(departments: departments)
    var loaders: [SubmissionLoader] = []
    _ = read(pass) { part in
      [SubmissionLoader(decoder: pass.decoder(part, references))]
    } finished: { _, workers in
      loaders += workers
    }
    let sources = pass.texts(.source) ?? []
    return loaders.flatMap { $0.submissions(sources) }
  }
}

/// Loads the register on one thread.
private final class SubmissionLoader: TableWorker {
  let decoder: TableDecoder
  private var rows: [(department: Int64, source: Int64, period: String, day: Int64)] = []

  init(decoder: TableDecoder) { self.decoder = decoder }

  func decode(_ block: RecordBlock) { decoder.decode(block) }

  func commit(_ block: RecordBlock) {
    guard let slot = decoder.heading.slot(.period), let department = decoder.column(.department),
      let source = decoder.column(.source), let day = decoder.column(.date)
    else { return decoder.settle(block) }
    for row in 0..<block.rowCount {
      let text = block.cell(slot, row).trimmed.text
      guard let period = Period(text) else {
        if !text.isEmpty {
          decoder.report(.unreadableValue, row: row, slot: slot, in: block, detail: "2023H1")
        }
        continue
      }
      guard !decoder.isRejected[row] else { continue }
      rows.append((department[row], source[row], "\(period)", day[row]))
    }
    decoder.settle(block)
  }

  func finish(_ block: RecordBlock) {}

  func submissions(_ sources: [String]) -> [Submission] {
    rows.compactMap { row in
      guard sources.indices.contains(Int(row.source)) else { return nil }
      let source = sources[Int(row.source)]
      return Submission(
        department: Int32(truncatingIfNeeded: row.department),
        source: source == TableSchema.allSources ? nil : source, period: row.period,
        receivedOn: Day(number: Int32(truncatingIfNeeded: row.day)))
    }
  }
}
