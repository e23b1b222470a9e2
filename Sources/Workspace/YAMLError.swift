/// Why a YAML text cannot be used, and where.
public struct YAMLError: Error, Hashable, Sendable {
  /// A lower-case sentence without a full stop; names stand in single quotes.
  public let message: String
  public let place: YAMLPlace

  public init(_ message: String, at place: YAMLPlace) {
    self.message = message
    self.place = place
  }
}

extension YAMLError: CustomStringConvertible {
  /// As `12:5: error: key 'name' stands twice`; the caller puts the path before it.
  public var description: String { "\(place): error: \(message)" }
}

/// A place in a text as a person counts it: both numbers begin at 1, columns count characters.
public struct YAMLPlace: Hashable, Sendable {
  public let line: Int
  public let column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

extension YAMLPlace: CustomStringConvertible {
  public var description: String { "\(line):\(column)" }
}
