/// Makes texts safe for the XML of a workbook, where libxlsxwriter would pass on what Excel refuses
/// or misreads.
enum SheetText {
  /// Whether the bytes can go into a cell as they are.
  ///
  /// Not so: control characters other than tab and line feed, U+FFFE and U+FFFF, and what looks like
  /// an escape of the file format, as `_x0041_`.
  ///
  /// - Complexity: O(`count`), without allocation.
  static func isPlain(_ text: UnsafePointer<CChar>, count: Int) -> Bool {
    text.withMemoryRebound(to: UInt8.self, capacity: count + 1) { bytes in
      for index in 0..<count {
        let byte = bytes[index]
        if byte < 0x20 {
          if byte != UInt8(ascii: "\t"), byte != UInt8(ascii: "\n") { return false }
        } else if byte == UInt8(ascii: "_") {
          if bytes[index + 1] == UInt8(ascii: "x") { return false }
        } else if byte == 0xEF, bytes[index + 1] == 0xBF, bytes[index + 2] >= 0xBE {
          return false
        }
      }
      return true
    }
  }

  /// The text with escapes escaped, line ends as line feeds, and U+FFFD for what XML cannot hold.
  static func cleaned(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    let scalars = Array(text.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      switch scalar.value {
      case 0x0D:
        if index + 1 == scalars.count || scalars[index + 1] != "\n" { result.append("\n") }
      case 0..<0x09, 0x0B..<0x20, 0xFFFE, 0xFFFF: result.append("\u{FFFD}")
      case 0x5F where isEscape(scalars[index...]):
        result.append(contentsOf: "_x005F_".unicodeScalars)
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// The cleaned text as Excel writes it into an attribute, where a line feed would become a space.
  static func attribute(_ text: String) -> String {
    cleaned(text).split(separator: "\n", omittingEmptySubsequences: false)
      .joined(separator: "_x000a_")
  }

  /// Whether the scalars begin with `_xHHHH_`.
  private static func isEscape(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
    let candidate = Array(scalars.prefix(7))
    return candidate.count == 7 && candidate[1] == "x" && candidate[6] == "_"
      && candidate[2...5].allSatisfy { $0.properties.isASCIIHexDigit }
  }
}
