/// A value of a YAML text, with the place where it begins.
///
/// Only what a settings file needs is read: mappings with text keys, sequences and scalars. A scalar
/// keeps its text; what it means is asked with `int`, `flag` and the like, so that a department's id
/// `007` or a version `1.10` never changes on its way through.
public struct YAMLNode: Hashable, Sendable {
  public let content: Content
  public let place: YAMLPlace

  public indirect enum Content: Hashable, Sendable {
    /// `isPlain` is false where the text was quoted or a block, and so is text whatever it looks like.
    case scalar(String, isPlain: Bool)
    case sequence([YAMLNode])
    /// In the order of the text; no key stands twice.
    case mapping([Entry])
  }

  /// A key and its value.
  public struct Entry: Hashable, Sendable {
    public let key: String
    public let keyPlace: YAMLPlace
    public let value: YAMLNode

    public init(key: String, keyPlace: YAMLPlace, value: YAMLNode) {
      self.key = key
      self.keyPlace = keyPlace
      self.value = value
    }
  }

  public init(_ content: Content, at place: YAMLPlace) {
    self.content = content
    self.place = place
  }
}

extension YAMLNode {
  /// The entries of a mapping in order; nil for anything else.
  public var entries: [Entry]? {
    if case .mapping(let entries) = content { entries } else { nil }
  }

  /// The elements of a sequence; nil for anything else.
  public var elements: [YAMLNode]? {
    if case .sequence(let elements) = content { elements } else { nil }
  }

  /// The value of a key; nil where it is absent or this is no mapping.
  ///
  /// - Complexity: O(n) in the number of keys; settings have few.
  public subscript(key: String) -> YAMLNode? {
    entries?.first { $0.key == key }?.value
  }

  /// Whether nothing is said: an empty plain scalar, `~` or `null`.
  public var isNull: Bool {
    if case .scalar(let text, isPlain: true) = content {
      return ["", "~", "null", "Null", "NULL"].contains(text)
    }
    return false
  }

  /// The text of a scalar as it stands (unquoted, escapes resolved); nil for null and anything else.
  public var string: String? {
    guard case .scalar(let text, _) = content, !isNull else { return nil }
    return text
  }

  /// A whole number written in decimal digits; nil for anything else and for what no `Int` holds.
  public var int: Int? {
    guard let text = plainText, Self.isDecimal(text, fraction: false) else { return nil }
    return Int(text)
  }

  /// The text of a decimal number (`-12`, `0.35`), exactly as written; nil for anything else, also for
  /// exponents, infinities and thousands separators.
  public var decimal: String? {
    guard let text = plainText, Self.isDecimal(text, fraction: true) else { return nil }
    return text
  }

  /// `true`, `yes`, `false` or `no`, in lower case or capitalised; nil for anything else.
  public var flag: Bool? {
    switch plainText {
    case "true", "True", "yes", "Yes": true
    case "false", "False", "no", "No": false
    default: nil
    }
  }

  /// An error that points at this value.
  public func error(_ message: String) -> YAMLError { YAMLError(message, at: place) }

  private var plainText: String? {
    if case .scalar(let text, isPlain: true) = content { text } else { nil }
  }

  private static func isDecimal(_ text: String, fraction: Bool) -> Bool {
    let unsigned = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
    let parts = unsigned.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count <= (fraction ? 2 : 1)
      && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { (48...57).contains($0) } }
  }
}
