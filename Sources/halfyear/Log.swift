import Composing
import Glibc
import Records

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

  static func output(_ text: String) { write(text, to: STDOUT_FILENO) }

  private static func write(_ text: String, to descriptor: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard written > 0 else { return }
      bytes = bytes.dropFirst(written)
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
