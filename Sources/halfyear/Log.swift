import ArgumentParser
import Composing
import Glibc
import Records
import Rendering
import Synchronization

/// Progress and messages, on standard error; results go to standard output.
struct Log {
  /// How messages are written.
  enum Format: String, Choice {
    /// A line for people: `halfyear: …`.
    case text
    /// A JSON object a line, for programs that collect logs.
    case json
  }

  enum Level: String { case info, warning, error }

  private let format: Format
  /// Progress is for somebody who watches.
  private let showsProgress: Bool
  /// What all messages are about.
  private var context: [(String, JSONText)] = []
  /// What the steps take, where somebody asks for it.
  private let timings: Timings?

  init(isQuiet: Bool, format: Format = .text, timings: Timings? = nil) {
    self.format = format
    self.timings = timings
    showsProgress = !isQuiet && format == .text && isatty(STDERR_FILENO) == 1
  }

  /// The same log for messages about one workspace and period.
  func about(workspace: String, period: String) -> Log {
    var log = self
    log.context = [("workspace", .text(workspace)), ("period", .text(period))]
    return log
  }

  func step(_ step: Timings.Step, _ text: String) {
    timings?.begin(step)
    if showsProgress { Log.write("\u{1B}[2K\r\(text) …", to: STDERR_FILENO) }
  }

  func endProgress() {
    if showsProgress { Log.write("\u{1B}[2K\r", to: STDERR_FILENO) }
  }

  /// Notes what the present step has read.
  func read(rows: Int, bytes: Int) { timings?.add(rows: rows, bytes: bytes) }

  /// Tells what the steps have taken, where somebody asked for it; at the end of a run.
  func tellTimings() {
    guard let timings else { return }
    for spent in timings.end() {
      message(spent.text, level: .info, fields: spent.fields)
    }
  }

  /// - Parameter fields: what a program may want to know apart; text for people leaves it out.
  func message(_ text: String, level: Level = .error, fields: [(String, JSONText)] = []) {
    endProgress()
    switch format {
    case .text:
      let severity = level == .warning ? "warning: " : ""
      Log.write("halfyear: \(severity)\(text)\n", to: STDERR_FILENO)
    case .json:
      writeLine(
        [("level", .text(level.rawValue))] + context + [("message", .text(text))] + fields)
    }
  }

  /// Tells programs what people read on standard output.
  func event(_ text: String, fields: [(String, JSONText)]) {
    if format == .json { message(text, level: .info, fields: fields) }
  }

  /// The first findings of a refused run, so that a log tells what stood in the way.
  func findings(_ findings: [Finding], _ language: Language) {
    for finding in findings.prefix(20) {
      switch format {
      case .text: Log.write(FindingLine.text(finding, language) + "\n", to: STDERR_FILENO)
      case .json: writeLine(FindingLine.fields(finding, language))
      }
    }
  }

  private func writeLine(_ members: [(String, JSONText)]) {
    let line = JSONText.members([("time", .text(Clock.text(Clock.seconds)))] + members).line
    Log.write(line + "\n", to: STDERR_FILENO)
  }

  /// Writes results; that they could not be written is told by `outputFailure` at the end.
  static func output(_ text: String) {
    let number = write(text, to: STDOUT_FILENO)
    if number != 0 { failure.store(number, ordering: .relaxed) }
  }

  /// Why results could not be written to standard output; nil where all were.
  static var outputFailure: Refusal? {
    let number = failure.load(ordering: .relaxed)
    return number == 0 ? nil : .standardOutput(reason: String(cString: strerror(number)))
  }

  private static let failure = Atomic<Int32>(0)

  /// Returns the system's error number, 0 where all was written.
  @discardableResult
  private static func write(_ text: String, to descriptor: Int32) -> Int32 {
    var text = text
    return text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
        if written < 0, errno == EINTR { continue }
        guard written > 0 else { return errno }
        rest = UnsafeRawBufferPointer(rebasing: rest[written...])
      }
      return 0
    }
  }
}

/// A finding as one line: `path:row:column: error: [rule] sentence`.
enum FindingLine {
  static func text(_ finding: Finding, _ language: Language) -> String {
    let place = finding.location
    var parts = [place.file]
    if !place.sheet.isEmpty { parts.append(place.sheet) }
    if place.row > 0 { parts.append("\(place.row)") }
    if !place.column.isEmpty { parts.append(place.column) }
    return "\(parts.joined(separator: ":")): \(finding.severity.rawValue): "
      + "[\(finding.code.rawValue)] \(FindingText.message(for: finding, in: language))"
  }

  /// The same for programs.
  static func fields(_ finding: Finding, _ language: Language) -> [(String, JSONText)] {
    let place = finding.location
    return [
      ("level", .text(finding.severity.rawValue)), ("code", .text(finding.code.rawValue)),
      ("file", .text(place.file)), ("sheet", .text(place.sheet)), ("row", .number(place.row)),
      ("column", .text(place.column)), ("value", .text(finding.value)),
      ("message", .text(FindingText.message(for: finding, in: language))),
    ]
  }
}
