/// A JSON value whose members keep their order, so that the same value gives the same bytes.
public indirect enum JSONText: Sendable {
  case text(String)
  case number(Int)
  case list([JSONText])
  case members([(String, JSONText)])

  /// The value as UTF-8, indented by two spaces, with a line feed at the end.
  public var bytes: [UInt8] { Array((rendered(indent: 0) + "\n").utf8) }

  /// The value on one line, without a line feed.
  public var line: String {
    switch self {
    case .text, .number: return rendered(indent: 0)
    case .list(let values): return "[\(values.map(\.line).joined(separator: ", "))]"
    case .members(let members):
      let parts = members.map { "\(JSONText.quoted($0.0)): \($0.1.line)" }
      return "{\(parts.joined(separator: ", "))}"
    }
  }

  private func rendered(indent: Int) -> String {
    let inner = String(repeating: "  ", count: indent + 1)
    let outer = String(repeating: "  ", count: indent)
    switch self {
    case .text(let text): return JSONText.quoted(text)
    case .number(let number): return "\(number)"
    case .list(let values):
      guard !values.isEmpty else { return "[]" }
      let lines = values.map { inner + $0.rendered(indent: indent + 1) }
      return "[\n\(lines.joined(separator: ",\n"))\n\(outer)]"
    case .members(let members):
      let lines = members.map {
        "\(inner)\(JSONText.quoted($0.0)): \($0.1.rendered(indent: indent + 1))"
      }
      return "{\n\(lines.joined(separator: ",\n"))\n\(outer)}"
    }
  }

  /// The text that the inside of a quoted text stands for; nil where an escape is none that is written
  /// here.
  public static func unescaped(_ quoted: Substring) -> String? {
    var result = ""
    var rest = quoted[...]
    while let character = rest.popFirst() {
      guard character == "\\" else {
        result.append(character)
        continue
      }
      switch rest.popFirst() {
      case "\"": result += "\""
      case "\\": result += "\\"
      case "n": result += "\n"
      case "r": result += "\r"
      case "t": result += "\t"
      case "u":
        guard let code = UInt32(rest.prefix(4), radix: 16), let scalar = Unicode.Scalar(code) else {
          return nil
        }
        result.unicodeScalars.append(scalar)
        rest = rest.dropFirst(4)
      default: return nil
      }
    }
    return result
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
