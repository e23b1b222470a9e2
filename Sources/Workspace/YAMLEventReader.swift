private import CYAML

/// What the YAML parser has recognised, free of its memory.
struct YAMLEvent {
  enum Kind: Equatable {
    case streamStart, streamEnd, documentStart, documentEnd, alias
    case scalar(String, isPlain: Bool)
    case sequenceStart, sequenceEnd, mappingStart, mappingEnd
  }

  let kind: Kind
  let place: YAMLPlace
  var hasAnchor = false
  var hasTag = false
}

/// Owns a libyaml parser over bytes that outlive it.
struct YAMLEventReader: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let bytes: UnsafeBufferPointer<UInt8>

  /// - Parameter bytes: UTF-8 without a byte order mark; must stay valid as long as the reader is used.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    parser = .allocate(capacity: 1)
    // It fails only where memory is exhausted.
    precondition(yaml_parser_initialize(parser) == 1, "out of memory")
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    // libyaml asserts that there is an input, even an empty one.
    let start = bytes.baseAddress ?? UnsafePointer(bitPattern: 1)
    yaml_parser_set_input_string(parser, start, bytes.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  /// The next event; after the end of the stream there is none, and it must not be asked for.
  mutating func next() throws(YAMLError) -> YAMLEvent {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw problem() }
    defer { yaml_event_delete(&event) }
    return Self.translate(event)
  }

  private static func translate(_ event: yaml_event_t) -> YAMLEvent {
    let place = YAMLPlace(event.start_mark)
    switch event.type {
    case YAML_STREAM_START_EVENT: return YAMLEvent(kind: .streamStart, place: place)
    case YAML_DOCUMENT_START_EVENT: return YAMLEvent(kind: .documentStart, place: place)
    case YAML_DOCUMENT_END_EVENT: return YAMLEvent(kind: .documentEnd, place: place)
    case YAML_ALIAS_EVENT: return YAMLEvent(kind: .alias, place: place)
    case YAML_SCALAR_EVENT: return scalar(event.data.scalar, at: place)
    case YAML_SEQUENCE_START_EVENT:
      let start = event.data.sequence_start
      return YAMLEvent(
        kind: .sequenceStart, place: place, hasAnchor: start.anchor != nil, hasTag: start.tag != nil
      )
    case YAML_MAPPING_START_EVENT:
      let start = event.data.mapping_start
      return YAMLEvent(
        kind: .mappingStart, place: place, hasAnchor: start.anchor != nil, hasTag: start.tag != nil)
    case YAML_SEQUENCE_END_EVENT: return YAMLEvent(kind: .sequenceEnd, place: place)
    case YAML_MAPPING_END_EVENT: return YAMLEvent(kind: .mappingEnd, place: place)
    default: return YAMLEvent(kind: .streamEnd, place: place)
    }
  }

  private static func scalar(
    _ data: yaml_event_s.__Unnamed_union_data.__Unnamed_struct_scalar, at place: YAMLPlace
  ) -> YAMLEvent {
    let text = String(
      decoding: UnsafeBufferPointer(start: data.value, count: data.length), as: UTF8.self)
    return YAMLEvent(
      kind: .scalar(text, isPlain: data.style == YAML_PLAIN_SCALAR_STYLE), place: place,
      hasAnchor: data.anchor != nil, hasTag: data.tag != nil)
  }

  /// What libyaml could not make sense of.
  private func problem() -> YAMLError {
    let state = parser.pointee
    let what = state.problem.map { String(cString: $0) } ?? "the text cannot be read"
    if state.error == YAML_READER_ERROR {
      return YAMLError(what, at: place(ofByte: state.problem_offset))
    }
    let context = state.context.map { " (\(String(cString: $0)))" } ?? ""
    return YAMLError(what + context, at: YAMLPlace(state.problem_mark))
  }

  /// For errors of the encoding libyaml states the byte, not the line.
  private func place(ofByte offset: Int) -> YAMLPlace {
    let before = bytes.prefix(max(0, min(offset, bytes.count)))
    let line = before.count { $0 == UInt8(ascii: "\n") }
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    // Continuation bytes of UTF-8 begin no character.
    let column = before[start...].count { $0 & 0xC0 != 0x80 }
    return YAMLPlace(line: line + 1, column: column + 1)
  }
}

extension YAMLPlace {
  fileprivate init(_ mark: yaml_mark_t) {
    self.init(line: mark.line + 1, column: mark.column + 1)
  }
}
