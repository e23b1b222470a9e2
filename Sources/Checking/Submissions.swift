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
    let pass = TablePass(table, files: workspace.files(of: table), implying: departments)
    let references = References(departments: departments)
    let list = SubmissionList(departments)
    let recall = recall(pass, list.form, list, on: [.departments])
    _ = read(pass, recall: recall) { part in
      [
        SubmissionLoader(
          decoder: pass.decoder(part, references), list: list,
          capture: recall?.captures(part, 1)[0])
      ]
    }
    recall?.keep()
    return list.submissions(pass.texts(.source) ?? [])
  }
}

/// The accepted lines of the register, in the order of its files.
private final class SubmissionList: RecordList {
  let form: RecordForm
  private var rows: [(department: Int32, source: Int, period: String, day: Int32)] = []

  init(_ departments: Departments) {
    form = RecordForm(
      name: "submissions",
      columns: [
        .index(.department, departments.all.count),
        RecordForm.Column(.source, 0..<Int64(Labels.limit), required: true),
        .day(.date, required: true),
      ], texts: [.period])
  }

  var isJudgedByFile: Bool { true }

  func begin(_ part: TablePart, _ pass: TablePass) {}

  /// Lines may say the same.
  func repeatsEarlier(_ row: RecordCode.Row) -> Bool { false }

  func restore(_ row: RecordCode.Row, as part: TablePart) {
    guard !row.isRejected, let period = Period(row.text(0).text) else { return }
    append(row.value(0), row.value(1), period, row.value(2))
  }

  func append(_ department: Int64, _ source: Int64, _ period: Period, _ day: Int64) {
    rows.append(
      (
        Int32(truncatingIfNeeded: department), Int(source), "\(period)",
        Int32(truncatingIfNeeded: day)
      ))
  }

  /// - Parameter sources: the sources' names by code.
  func submissions(_ sources: [String]) -> [Submission] {
    rows.compactMap { row in
      guard sources.indices.contains(row.source) else { return nil }
      let source = sources[row.source]
      return Submission(
        department: row.department, source: source == TableSchema.allSources ? nil : source,
        period: row.period, receivedOn: Day(number: row.day))
    }
  }
}

/// Loads the register on one thread.
private final class SubmissionLoader: TableWorker {
  let decoder: TableDecoder
  private let list: SubmissionList
  private let capture: RecordCapture?

  init(decoder: TableDecoder, list: SubmissionList, capture: RowCapture? = nil) {
    self.decoder = decoder
    self.list = list
    self.capture = RecordCapture(list.form, decoder, capture)
  }

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
      list.append(department[row], source[row], period, day[row])
    }
    capture?.keep(block)
    decoder.settle(block)
  }

  func finish(_ block: RecordBlock) {}
}
