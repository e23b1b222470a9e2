import Glibc
import Rendering
import ReportModel

/// A folder of one test, removed with it.
final class WorkbookFolder {
  let path: String

  init() {
    var template = Array("/tmp/rendering-tests-XXXXXX".utf8CString)
    path = template.withUnsafeMutableBufferPointer { String(cString: mkdtemp($0.baseAddress!)) }
  }

  deinit { _ = WorkbookFolder.output("rm -rf '\(path)'") }

  /// Writes a report and returns the file's path.
  func write(
    _ report: Report, as name: String = "a.xlsx", rowLimit: Int? = nil,
    profile: WorkbookProfile = .office
  ) throws -> String {
    let file = path + "/" + name
    let renderer =
      rowLimit.map { WorkbookRenderer(profile: profile, rowLimit: $0) }
      ?? WorkbookRenderer(profile: profile)
    try renderer.write(report, to: file, temporaryFolder: path)
    return file
  }

  /// A part of a workbook, as text.
  static func part(_ part: String, of file: String) -> String {
    String(decoding: partBytes(part, of: file), as: UTF8.self)
  }

  static func partBytes(_ part: String, of file: String) -> [UInt8] {
    output("unzip -p '\(file)' '\(part)'")
  }

  var files: [String] {
    String(decoding: WorkbookFolder.output("ls -A '\(path)'"), as: UTF8.self)
      .split(separator: "\n").map(String.init)
  }

  static func bytes(of file: String) -> [UInt8] { output("cat '\(file)'") }

  private static func output(_ command: String) -> [UInt8] {
    guard let stream = popen(command, "r") else { return [] }
    defer { pclose(stream) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, stream)
      if count == 0 { return bytes }
      bytes += buffer[..<count]
    }
  }
}
