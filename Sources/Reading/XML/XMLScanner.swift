internal import Glibc
internal import Records

/// Reads XML front to back in a window of fixed size: what begins, what ends, and the text between.
///
/// It knows what the parts of a workbook are written in: elements with prefixes, attributes, text with
/// the five named and the numbered entities, CDATA, comments and processing instructions. A DOCTYPE is
/// refused, so there are no entities of a file's own. Text comes in pieces as the window holds them.
/// Whether end tags match their beginnings is not looked at, only that there are as many.
///
/// - Complexity: O(n) time; memory is the window, which holds one tag at least.
final class XMLScanner {
  static let windowSize = 128 << 10
  static let longestTag = 64 << 10
  static let deepest = 256

  enum Event { case start, end, text, done }

  private var stream: any ByteStream
  let window: UnsafeMutablePointer<UInt8>
  /// The next byte to look at, and the end of what the window holds.
  var position = 0
  private(set) var limit = 0
  private(set) var hasAll = false
  private(set) var depth = 0
  private var closesAtOnce = false
  /// What stands at `position` is content that the next event begins with.
  var canPeek: Bool { !closesAtOnce && !isInCDATA }

  /// The name of the element that begins or ends, without its prefix.
  private(set) var name = 0..<0
  private var attributes = 0..<0
  /// The piece of text, entities not yet replaced.
  private(set) var text = 0..<0
  /// The text is CDATA, where `&` stands for itself.
  private(set) var isRaw = false
  private var isInCDATA = false

  /// - Throws: `ReadingError` where the beginning cannot be read.
  init(_ stream: any ByteStream) throws(ReadingError) {
    self.stream = stream
    // Behind the window are bytes that nobody has to check for before looking a little ahead.
    window = .allocate(capacity: XMLScanner.windowSize + 64)
    window.initialize(repeating: 0, count: XMLScanner.windowSize + 64)
    try refill(keeping: 0)
    try convertFromUTF16()
    if limit >= 3, window[0] == 0xEF, window[1] == 0xBB, window[2] == 0xBF { position = 3 }
  }

  /// Parts of a workbook may be in UTF-16, which shows in their first two characters, a mark or `<`.
  private func convertFromUTF16() throws(ReadingError) {
    let encoding: TextEncoding
    switch limit >= 4 ? (window[0], window[1]) : (0, 0) {
    case (0xFF, 0xFE), (UInt8(ascii: "<"), 0): encoding = .utf16LittleEndian
    case (0xFE, 0xFF), (0, UInt8(ascii: "<")): encoding = .utf16BigEndian
    default: return
    }
    let beginning = Array(UnsafeBufferPointer(start: window, count: limit))
    stream = try ConvertedStream(stream, beginning: beginning, from: encoding)
    (limit, hasAll) = (0, false)
    try refill(keeping: 0)
  }

  deinit { window.deallocate() }

  /// Goes on to the next event.
  ///
  /// - Throws: `ReadingError.fault` where the XML is malformed, cut, nested too deeply or has a DOCTYPE.
  func next() throws(ReadingError) -> Event {
    if closesAtOnce {
      closesAtOnce = false
      depth -= 1
      return .end
    }
    while true {
      if isInCDATA { if try nextRawText() { return .text } else { continue } }
      if position == limit {
        guard try refill(keeping: position) else {
          guard depth == 0 else { throw .fault(.cutShort) }
          return .done
        }
      }
      guard window[position] == UInt8(ascii: "<") else {
        try takeText()
        return .text
      }
      if position + 1 == limit, !(try refill(keeping: position)) { throw .fault(.cutShort) }
      switch window[position + 1] {
      case UInt8(ascii: "!"): try declaration()
      case UInt8(ascii: "?"): try skip(past: "?>", from: 2)
      case UInt8(ascii: "/"):
        try endTag()
        return .end
      default:
        try startTag()
        return .start
      }
    }
  }

  /// Skips to the end of the element that has just begun.
  func skipElement() throws(ReadingError) {
    let outer = depth - 1
    while depth > outer {
      if try next() == .done { throw .fault(.cutShort) }
    }
  }

  /// Moves what is from `start` on to the beginning of the window and reads on; false at the end.
  ///
  /// All offsets into the window are lower by `start` afterwards, `position` included.
  @discardableResult
  func refill(keeping start: Int) throws(ReadingError) -> Bool {
    let kept = limit - start
    if start > 0 {
      if kept > 0 { memmove(window, window + start, kept) }
      position -= start
      limit = kept
    }
    // A character that is converted may take four bytes.
    guard !hasAll, XMLScanner.windowSize - limit >= 8 else { return false }
    let room = UnsafeMutableRawBufferPointer(
      start: window + limit, count: XMLScanner.windowSize - limit)
    let got = try read(into: room)
    limit += got
    if got == 0 { hasAll = true }
    return got > 0
  }

  private func read(into room: UnsafeMutableRawBufferPointer) throws(ReadingError) -> Int {
    do throws(ReadingError) {
      return try stream.read(into: room)
    } catch .badEncoding {
      throw .fault(.badMarkup)
    }
  }

  private func takeText() throws(ReadingError) {
    isRaw = false
    var end = find(UInt8(ascii: "<"), from: position)
    if end == limit, !hasAll {
      // An entity must not be cut in two: a piece ends before the last `&`.
      var ampersand = limit - 1
      let earliest = max(position, limit - 16)
      while ampersand >= earliest, window[ampersand] != UInt8(ascii: "&") { ampersand -= 1 }
      if ampersand > position {
        end = ampersand
      } else if ampersand == position {
        try refill(keeping: position)
        end = find(UInt8(ascii: "<"), from: position)
      }
    }
    text = position..<end
    position = end
  }

  private func nextRawText() throws(ReadingError) -> Bool {
    isRaw = true
    if limit - position < 3, !(try refill(keeping: position)), limit - position < 3 {
      throw .fault(.cutShort)
    }
    var at = position
    while at + 2 < limit {
      if window[at] == UInt8(ascii: "]"), window[at + 1] == UInt8(ascii: "]"),
        window[at + 2] == UInt8(ascii: ">")
      {
        text = position..<at
        position = at + 3
        isInCDATA = false
        return !text.isEmpty
      }
      at += 1
    }
    if hasAll { throw .fault(.cutShort) }
    text = position..<at
    position = at
    if text.isEmpty { try refill(keeping: position) }
    return !text.isEmpty
  }

  private func declaration() throws(ReadingError) {
    while limit - position < 9, try refill(keeping: position) {}
    if starts(with: "<!--", at: position) { return try skip(past: "-->", from: 4) }
    guard starts(with: "<![CDATA[", at: position) else {
      throw .fault(starts(with: "<!DOCTYPE", at: position) ? .doctype : .badMarkup)
    }
    position += 9
    isInCDATA = true
  }

  /// Skips what may be longer than the window.
  private func skip(past end: StaticString, from start: Int) throws(ReadingError) {
    while limit - position < start, try refill(keeping: position) {}
    position = min(position + start, limit)
    while true {
      while position + end.utf8CodeUnitCount <= limit {
        if starts(with: end, at: position) {
          position += end.utf8CodeUnitCount
          return
        }
        position += 1
      }
      guard try refill(keeping: position) else { throw .fault(.cutShort) }
    }
  }

  private func endTag() throws(ReadingError) {
    var end = find(UInt8(ascii: ">"), from: position)
    while end == limit {
      guard limit - position < XMLScanner.longestTag, try refill(keeping: position) else {
        throw .fault(.cutShort)
      }
      end = find(UInt8(ascii: ">"), from: position)
    }
    name = localName(from: position + 2, to: end)
    position = end + 1
    depth -= 1
    guard depth >= 0 else { throw .fault(.badMarkup) }
  }

  private func startTag() throws(ReadingError) {
    var end = tagEnd()
    while end == nil {
      guard limit - position < XMLScanner.longestTag else { throw .fault(.badMarkup) }
      guard try refill(keeping: position) else { throw .fault(.cutShort) }
      end = tagEnd()
    }
    guard let end else { return }
    let isEmpty = window[end - 1] == UInt8(ascii: "/")
    let contentEnd = isEmpty ? end - 1 : end
    var at = position + 1
    while at < contentEnd, window[at] > 0x20 { at += 1 }
    name = localName(from: position + 1, to: at)
    guard !name.isEmpty else { throw .fault(.badMarkup) }
    attributes = at..<max(at, contentEnd)
    position = end + 1
    depth += 1
    guard depth <= XMLScanner.deepest else { throw .fault(.tooDeep) }
    closesAtOnce = isEmpty
  }

  /// The offset of the tag's `>`, which may also stand within quotes; nil where it is not in the window.
  private func tagEnd() -> Int? {
    var at = position + 1
    var quote: UInt8 = 0
    while at < limit {
      let byte = window[at]
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else if byte == UInt8(ascii: ">") {
        return at
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      }
      at += 1
    }
    return nil
  }

  private func localName(from start: Int, to end: Int) -> Range<Int> {
    var nameEnd = start
    var nameStart = start
    while nameEnd < end, window[nameEnd] > 0x20 {
      if window[nameEnd] == UInt8(ascii: ":") { nameStart = nameEnd + 1 }
      nameEnd += 1
    }
    return nameStart..<nameEnd
  }

  private func find(_ byte: UInt8, from start: Int) -> Int {
    guard start < limit, let found = memchr(window + start, Int32(byte), limit - start) else {
      return limit
    }
    return UnsafePointer(window).distance(to: found.assumingMemoryBound(to: UInt8.self))
  }

  func starts(with text: StaticString, at start: Int) -> Bool {
    start + text.utf8CodeUnitCount <= limit
      && memcmp(window + start, text.utf8Start, text.utf8CodeUnitCount) == 0
  }
}

extension XMLScanner {
  /// Whether the element that begins or ends has this name, whatever its prefix.
  @inline(__always)
  func isNamed(_ wanted: StaticString) -> Bool {
    name.count == wanted.utf8CodeUnitCount
      && memcmp(window + name.lowerBound, wanted.utf8Start, name.count) == 0
  }

  /// The bytes of an attribute of the element that has just begun, entities not yet replaced; nil where
  /// it has none of that local name. Of two with the same local name the first counts.
  func attribute(_ wanted: StaticString) -> UnsafeBufferPointer<UInt8>? {
    var at = attributes.lowerBound
    let end = attributes.upperBound
    while at < end {
      while at < end, window[at] <= 0x20 { at += 1 }
      var nameStart = at
      while at < end, window[at] != UInt8(ascii: "="), window[at] > 0x20 {
        if window[at] == UInt8(ascii: ":") { nameStart = at + 1 }
        at += 1
      }
      let nameEnd = at
      while at < end, window[at] <= 0x20 || window[at] == UInt8(ascii: "=") { at += 1 }
      guard at < end, window[at] == UInt8(ascii: "\"") || window[at] == UInt8(ascii: "'") else {
        if at == nameEnd { at += 1 }
        continue
      }
      let quote = window[at]
      let valueStart = at + 1
      at = valueStart
      while at < end, window[at] != quote { at += 1 }
      if nameEnd - nameStart == wanted.utf8CodeUnitCount,
        memcmp(window + nameStart, wanted.utf8Start, nameEnd - nameStart) == 0
      {
        return UnsafeBufferPointer(start: window + valueStart, count: at - valueStart)
      }
      at += 1
    }
    return nil
  }

  /// An attribute as text.
  func attributeText(_ name: StaticString) -> String? {
    guard let bytes = attribute(name) else { return nil }
    var decoded: [UInt8] = []
    appendUnescaped(bytes, to: &decoded)
    return String(decoding: decoded, as: UTF8.self)
  }

  /// An attribute as a number from 0; nil where there is none or it is no such number.
  func attributeNumber(_ name: StaticString) -> Int? {
    guard let bytes = attribute(name), !bytes.isEmpty, bytes.count <= 10 else { return nil }
    var value = 0
    for byte in bytes {
      guard byte &- 48 <= 9 else { return nil }
      value = value * 10 + Int(byte - 48)
    }
    return value
  }

  /// Whether an attribute says yes: `1`, `true` or `on`.
  func attributeFlag(_ name: StaticString) -> Bool {
    guard let bytes = attribute(name) else { return false }
    return bytes.elementsEqual([UInt8(ascii: "1")]) || bytes.elementsEqual("true".utf8)
      || bytes.elementsEqual("on".utf8)
  }

  /// Appends the piece of text of the last event to bytes, entities replaced.
  func appendText(to bytes: inout [UInt8]) {
    let piece = UnsafeBufferPointer(start: window + text.lowerBound, count: text.count)
    if isRaw { bytes.append(contentsOf: piece) } else { appendUnescaped(piece, to: &bytes) }
  }

  /// Appends all text up to the end of the element that has just begun, that of inner elements included.
  ///
  /// - Throws: `ReadingError`; `fault(.tooManyTexts)` where it is longer than `limit`.
  func appendContent(to bytes: inout [UInt8], limit: Int) throws(ReadingError) {
    let outer = depth - 1
    let start = bytes.count
    while depth > outer {
      switch try next() {
      case .text:
        appendText(to: &bytes)
        guard bytes.count - start <= limit else { throw .fault(.tooManyTexts) }
      case .done: throw .fault(.cutShort)
      case .start, .end: break
      }
    }
  }
}

/// Appends escaped text; what is no entity stands for itself.
func appendUnescaped(_ escaped: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
  var at = 0
  while at < escaped.count {
    guard let base = escaped.baseAddress,
      let found = memchr(base + at, Int32(UInt8(ascii: "&")), escaped.count - at)
    else {
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: escaped[at...]))
      return
    }
    let ampersand = UnsafePointer(base).distance(to: found.assumingMemoryBound(to: UInt8.self))
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: escaped[at..<ampersand]))
    let rest = UnsafeBufferPointer(rebasing: escaped[ampersand...])
    if let length = appendEntity(rest, to: &bytes) {
      at = ampersand + length
    } else {
      bytes.append(UInt8(ascii: "&"))
      at = ampersand + 1
    }
  }
}

/// Appends what an entity at the beginning of the bytes stands for, and returns its length.
private func appendEntity(_ bytes: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) -> Int? {
  guard let end = bytes.prefix(12).firstIndex(of: UInt8(ascii: ";")), end > 1 else { return nil }
  let name = bytes[1..<end]
  if name.first == UInt8(ascii: "#") {
    let digits = String(decoding: name.dropFirst(), as: UTF8.self)
    let isHex = digits.hasPrefix("x") || digits.hasPrefix("X")
    guard let code = isHex ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits) else {
      return nil
    }
    out.append(contentsOf: String(Character(Unicode.Scalar(code) ?? "\u{FFFD}")).utf8)
    return end + 1
  }
  let known: [(StaticString, UInt8)] = [
    ("amp", UInt8(ascii: "&")), ("lt", UInt8(ascii: "<")), ("gt", UInt8(ascii: ">")),
    ("quot", UInt8(ascii: "\"")), ("apos", UInt8(ascii: "'")),
  ]
  for (entity, byte) in known
  where name.count == entity.utf8CodeUnitCount
    && memcmp(bytes.baseAddress! + 1, entity.utf8Start, name.count) == 0
  {
    out.append(byte)
    return end + 1
  }
  return nil
}
