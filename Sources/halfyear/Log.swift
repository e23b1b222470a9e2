import Composing
import Glibc
import Records
import Synchronization

/// Progress and messages, on standard error; results go to standard output.
struct Log {
  /// Progress is for somebody who watches.
  private let showsProgress: Bool

  init(isQuiet: Bool) {
    showsProgress = !isQuiet && isatty(STDERR_FILENO) == 1
  }

  func step(_ text: String) {
    if showsProgress { Log.write("\u{1B}[2K\r\(text) …", to: STDERR_FILENO) }
  }

  func endProgress() {
    if showsProgress { Log.write("\u{1B}[2K\r", to: STDERR_FILENO) }
  }

  func message(_ text: String) {
    endProgress()
    Log.write("halfyear: \(text)\n", to: STDERR_FILENO)
  }

  /// The first findings of a refused run, so that a log tells what stood in the way.
  func findings(_ findings: [Finding], _ language: Language) {
    for finding in findings.prefix(20) {
      Log.write(FindingLine.text(finding, language) + "\n", to: STDERR_FILENO)
    }
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
}
