import Glibc
import Rendering

/// What `manifest.json` of an issued report tells the next run.
enum Manifest {
  /// The names of the files that a report consists of, as its manifest lists them; empty where there is
  /// no manifest, or one of a version that did not list them.
  static func outputs(in folder: String) -> [String] { names(under: "outputs", in: folder) }

  /// The names of the tables that a report was made from.
  static func inputs(in folder: String) -> [String] {
    lines(of: folder).drop { $0 != "\"inputs\": [" }.prefix { !$0.hasPrefix("]") }.compactMap {
      line in
      line.hasPrefix("\"file\": ") ? text(line.dropFirst("\"file\": ".count)) : nil
    }
  }

  private static func names(under key: String, in folder: String) -> [String] {
    let lines = lines(of: folder)
    guard let start = lines.firstIndex(of: "\"\(key)\": [") else { return [] }
    return lines[(start + 1)...].prefix { $0.hasPrefix("\"") }.compactMap { text($0) }
  }

  /// A manifest has one value a line (`JSONText`), so its lines are all there is to read.
  private static func lines(of folder: String) -> [Substring] {
    guard let bytes = SmallFile.bytes(of: "\(folder)/manifest.json", limit: 16 << 20) else {
      return []
    }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map { line in
      line.drop { $0 == " " }
    }
  }

  /// The text of a line that holds one, with its escapes undone.
  private static func text(_ line: Substring) -> String? {
    var rest = line.utf8.first == 0x22 ? line.dropFirst() : line
    if rest.last == "," { rest = rest.dropLast() }
    guard rest.last == "\"" else { return nil }
    rest = rest.dropLast()
    guard rest.contains("\\") else { return String(rest) }
    return JSONText.unescaped(rest)
  }
}

/// Small files that the program reads for itself.
enum SmallFile {
  /// The bytes of a file; nil where it cannot be read or is longer than the limit.
  static func bytes(of path: String, limit: Int) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while bytes.count <= limit {
      let got = read(file, &buffer, buffer.count)
      if got < 0, errno == EINTR { continue }
      if got == 0 { return bytes }
      guard got > 0 else { return nil }
      bytes += buffer[..<got]
    }
    return nil
  }
}
