extension YAMLNode {
  /// The largest text that is read, in bytes: a settings file beyond it is a mistake.
  public static let sizeLimit = 4 << 20

  /// The deepest nesting that is read.
  public static let depthLimit = 32

  /// Reads a UTF-8 text, with or without a byte order mark, that holds one YAML document. An empty
  /// text is a null scalar.
  ///
  /// - Throws: `YAMLError` where the text is not well-formed or not UTF-8, where a key stands twice or
  ///   is not a scalar, and for anchors, aliases, tags, a second document, and texts beyond
  ///   `sizeLimit` or `depthLimit`.
  /// - Complexity: O(n) in the length of the text.
  public static func parse(_ bytes: [UInt8]) throws(YAMLError) -> YAMLNode {
    guard bytes.count <= sizeLimit else {
      throw YAMLError("the text is larger than 4 MiB", at: YAMLPlace(line: 1, column: 1))
    }
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = bytes.starts(with: mark) ? bytes[3...] : bytes[...]
    return try text.withUnsafeBufferPointer { (buffer) throws(YAMLError) -> YAMLNode in
      var composer = YAMLComposer(events: YAMLEventReader(buffer))
      return try composer.document()
    }
  }
}

/// Builds nodes from events and refuses what the strict subset leaves out.
struct YAMLComposer: ~Copyable {
  private var events: YAMLEventReader

  init(events: consuming YAMLEventReader) { self.events = events }

  /// The one document of the text.
  mutating func document() throws(YAMLError) -> YAMLNode {
    var root: YAMLNode?
    while true {
      let event = try events.next()
      switch event.kind {
      case .streamStart, .documentEnd: continue
      case .streamEnd: return root ?? YAMLNode(.scalar("", isPlain: true), at: event.place)
      case .documentStart:
        guard root == nil else { throw YAMLError("a second document begins", at: event.place) }
        root = try node(from: events.next(), depth: 1)
      default: throw YAMLError("a document is expected", at: event.place)
      }
    }
  }

  private mutating func node(from event: YAMLEvent, depth: Int) throws(YAMLError) -> YAMLNode {
    guard depth <= YAMLNode.depthLimit else {
      throw YAMLError("nested deeper than \(YAMLNode.depthLimit) levels", at: event.place)
    }
    try refuseReferences(event)
    switch event.kind {
    case .scalar(let text, let isPlain):
      return YAMLNode(.scalar(text, isPlain: isPlain), at: event.place)
    case .sequenceStart:
      return YAMLNode(.sequence(try elements(depth: depth)), at: event.place)
    case .mappingStart:
      return YAMLNode(.mapping(try entries(depth: depth)), at: event.place)
    default: throw YAMLError("a value is expected", at: event.place)
    }
  }

  private func refuseReferences(_ event: YAMLEvent) throws(YAMLError) {
    if event.kind == .alias {
      throw YAMLError("aliases (*name) are not supported: repeat the value", at: event.place)
    }
    if event.hasAnchor {
      throw YAMLError("anchors (&name) are not supported", at: event.place)
    }
    if event.hasTag {
      throw YAMLError("tags (!name) are not supported", at: event.place)
    }
  }

  private mutating func elements(depth: Int) throws(YAMLError) -> [YAMLNode] {
    var result: [YAMLNode] = []
    while true {
      let event = try events.next()
      if event.kind == .sequenceEnd { return result }
      result.append(try node(from: event, depth: depth + 1))
    }
  }

  private mutating func entries(depth: Int) throws(YAMLError) -> [YAMLNode.Entry] {
    var result: [YAMLNode.Entry] = []
    var lines: [String: Int] = [:]
    while true {
      let event = try events.next()
      if event.kind == .mappingEnd { return result }
      try refuseReferences(event)
      guard case .scalar(let key, _) = event.kind else {
        throw YAMLError("a key must be a plain text", at: event.place)
      }
      if let line = lines.updateValue(event.place.line, forKey: key) {
        throw YAMLError("key '\(key)' stands in line \(line) already", at: event.place)
      }
      let value = try node(from: events.next(), depth: depth + 1)
      result.append(YAMLNode.Entry(key: key, keyPlace: event.place, value: value))
    }
  }
}
