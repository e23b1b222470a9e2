import Composing
import History
import Records
import Rendering

/// What differs between a report and an earlier one, and why.
struct ChangeReport {
  /// The name of the file that it is written to.
  let file: String
  /// The run that issued the earlier report; nil where there is none, or no history.
  var base: HistoryStore.NumberedRun?
  var changes: [FigureChange] = []
  var reasons: ChangeReasons?
  /// The editions published since: why each was, and the figures that are not what it said.
  var editions: [(note: String, differing: Set<FigureAddress>)] = []

  static let changes = "changes.csv"
  static let revisions = "revisions.csv"

  /// The figures that differ.
  var revised: Set<FigureAddress> { Set(changes.map(\.address)) }

  /// Writes the changes as a file of the report; there is one also where nothing has changed.
  func write(to folder: OutputFolder, _ language: Language) throws(Refusal) {
    var table = DelimitedText(header: [
      "metric", "period", "month", "scope", "member", "old", "new", "class", "note",
    ])
    for change in changes {
      let reason = reasons?.reason(for: change)
      // The note of the edition that first said what is said now.
      let edition = editions.first { !$0.differing.contains(change.address) }
      let notes = [edition?.note, reason?.note[language]].compactMap { $0 }.filter { !$0.isEmpty }
      table.append([
        change.key.metric, change.key.period, change.key.month, change.key.scope, change.member,
        change.old?.text ?? "", change.new?.text ?? "",
        reason?.classes.map(\.rawValue).joined(separator: " ") ?? "",
        notes.joined(separator: language == .chinese ? "；" : "; "),
      ])
    }
    let bytes = table.bytes
    try folder.write(file) { path throws(OutputError) in try OutputFiles.write(bytes, to: path) }
  }
}

extension FigureChange {
  var address: FigureAddress {
    FigureAddress(
      metric: key.metric, period: key.period, month: key.month, scope: key.scope, member: member)
  }
}

extension RecordedFigure {
  /// The value as `statistics.csv` has it; empty where it is undefined.
  var text: String {
    guard denominator != 0 else { return "" }
    let value = Double(numerator) / (Double(denominator) * Double(scale))
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
