internal import CExpat
internal import Glibc
internal import Records

/// Reads XML front to back in a window of fixed size: what begins, what ends, and the text between.
///
/// The XML is expat's work: entities, CDATA, UTF-16, and that all of it is well-formed. A DOCTYPE is
/// refused, so there are no entities of a file's own. Names are taken without their prefixes.
///
/// Whoever knows how a part of the file is usually written may read it from the window himself and move
/// `position` on, where `isBetweenTags` says that the parser has nothing begun: the parser then never sees
/// it. What is left out this way has to be whole elements, or white space.
///
/// - Complexity: O(n) time; memory is the window and the events of a piece of it.
final class XMLScanner {
  static let windowSize = 128 << 10
  static let deepest = 256
  /// A piece that is parsed at once.
  private static let pieceSize = 16 << 10
  /// A tag, comment or instruction that is longer is refused: expat begins it anew with every piece.
  private static let longestToken = 256 << 10

  enum Event { case start, end, text, done }

  private let stream: any ByteStream
  private let parser: XML_Parser
  private let events: XMLEvents
  /// The next event of those that the parser has found.
  private var nextEvent = 0
  private var current = XMLEvents.Entry(kind: .done, depth: 0, bytes: 0..<0)
  /// Told when the events before it are taken.
  private var failure: ReadingError?
  private var parsed = 0
  private var isFinished = false
  private let isUTF16: Bool

  let window: UnsafeMutablePointer<UInt8>
  /// The next byte that the parser has not seen, and the end of what the window holds.
  var position = 0
  private(set) var limit = 0
  private(set) var hasAll = false
  /// A piece ends behind the next occurrence of these bytes, so that what follows may be read from the
  /// window.
  var pieceEnd: StaticString?

  /// How many elements are open behind the last event.
  var depth: Int { current.depth }

  /// - Throws: `ReadingError` where the beginning cannot be read.
  init(_ stream: any ByteStream) throws(ReadingError) {
    // Behind the window are bytes that nobody has to check for before looking a little ahead. Memory that
    // the system gives zeroed is taken when it is written to: most parts are small.
    guard let memory = calloc(XMLScanner.windowSize + 64, 1) else {
      throw .cannotRead(errno: ENOMEM)
    }
    window = memory.assumingMemoryBound(to: UInt8.self)
    self.stream = stream
    let got: Int
    do throws(ReadingError) {
      got = try stream.read(
        into: UnsafeMutableRawBufferPointer(start: memory, count: XMLScanner.windowSize))
    } catch {
      free(memory)
      throw error
    }
    limit = got
    hasAll = got == 0
    // What a file says of its encoding is wrong more often than right; its first bytes do not lie.
    isUTF16 = got >= 2 && (window[0] == 0 || window[1] == 0 || window[0] >= 0xFE)
    guard let parser = XML_ParserCreate(isUTF16 ? "UTF-16" : "UTF-8") else {
      free(memory)
      throw .cannotRead(errno: ENOMEM)
    }
    self.parser = parser
    events = XMLEvents(of: parser)
    if !isUTF16 { while position < limit, window[position] <= 0x20 { position += 1 } }
  }

  deinit {
    XML_ParserFree(parser)
    free(window)
  }

  /// Goes on to the next event.
  ///
  /// - Throws: `ReadingError.fault` where the XML is malformed, cut, nested too deeply or has a DOCTYPE.
  func next() throws(ReadingError) -> Event {
    while nextEvent == events.entries.count {
      if let failure { throw failure }
      guard !isFinished else {
        current = XMLEvents.Entry(kind: .done, depth: 0, bytes: 0..<0)
        return .done
      }
      try parsePiece()
    }
    current = events.entries[nextEvent]
    nextEvent += 1
    return current.kind
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
    guard !hasAll, limit < XMLScanner.windowSize else { return false }
    let got = try stream.read(
      into: UnsafeMutableRawBufferPointer(
        start: window + limit, count: XMLScanner.windowSize - limit))
    limit += got
    if got == 0 { hasAll = true }
    return got > 0
  }

  private func parsePiece() throws(ReadingError) {
    if position == limit { try refill(keeping: position) }
    let end = pieceEnd.flatMap(firstEnd) ?? min(limit, position + XMLScanner.pieceSize)
    let piece = UnsafeBufferPointer(start: window + position, count: end - position)
    position = end
    parse(piece, isLast: piece.isEmpty)
  }

  /// The place behind the first occurrence of a tag's end in the next piece.
  private func firstEnd(_ tag: StaticString) -> Int? {
    var from = position
    let last = min(limit, position + XMLScanner.pieceSize)
    while from < last, let found = memchr(window + from, Int32(UInt8(ascii: ">")), last - from) {
      from = window.distance(to: found.assumingMemoryBound(to: UInt8.self)) + 1
      let start = from - tag.utf8CodeUnitCount
      if start >= position, memcmp(window + start, tag.utf8Start, tag.utf8CodeUnitCount) == 0 {
        return from
      }
    }
    return nil
  }

  private func parse(_ piece: UnsafeBufferPointer<UInt8>, isLast: Bool) {
    events.removeAll()
    nextEvent = 0
    let result = piece.withMemoryRebound(to: CChar.self) {
      XML_Parse(parser, $0.baseAddress, Int32(truncatingIfNeeded: $0.count), isLast ? 1 : 0)
    }
    parsed += piece.count
    if result != XML_STATUS_OK {
      failure = .fault(events.fault ?? fault)
    } else if parsed - Int(XML_GetCurrentByteIndex(parser)) > XMLScanner.longestToken {
      failure = .fault(.badMarkup)
    }
    isFinished = isLast
  }

  private var fault: FileFault {
    switch XML_GetErrorCode(parser) {
    case XML_ERROR_NO_ELEMENTS, XML_ERROR_UNCLOSED_TOKEN, XML_ERROR_UNCLOSED_CDATA_SECTION,
      XML_ERROR_PARTIAL_CHAR:
      return .cutShort
    case XML_ERROR_NO_MEMORY: return .tooLarge
    default: return .badMarkup
    }
  }
}

extension XMLScanner {
  /// All events are taken, and the parser of a text in UTF-8 stands behind a tag, in no text, comment or CDATA that goes on.
  var isBetweenTags: Bool {
    nextEvent == events.entries.count && !isUTF16 && failure == nil && !events.isInCDATA
      && XML_GetCurrentByteIndex(parser) == parsed
  }

  /// Whether the window goes on with these bytes.
  func starts(with text: StaticString) -> Bool {
    limit - position >= text.utf8CodeUnitCount
      && memcmp(window + position, text.utf8Start, text.utf8CodeUnitCount) == 0
  }

  /// Has the parser see a tag that was left out when it was read from the window.
  ///
  /// - Parameter tag: a start tag in ASCII. Its event is taken already.
  func insert(_ tag: StaticString) throws(ReadingError) {
    parse(UnsafeBufferPointer(start: tag.utf8Start, count: tag.utf8CodeUnitCount), isLast: false)
    guard try next() == .start else { throw .fault(.badMarkup) }
  }

  /// Whether the element that begins or ends has this name, whatever its prefix.
  func isNamed(_ wanted: StaticString) -> Bool {
    XMLScanner.text(events[current.bytes]).isLocalName(wanted)
  }

  /// The bytes of an attribute of the element that has just begun, good until the next event; nil where it
  /// has none of that local name. Of two with the same local name the first counts.
  func attribute(_ wanted: StaticString) -> UnsafeBufferPointer<UInt8>? {
    guard current.kind == .start else { return nil }
    var at = current.bytes.lowerBound
    func next() -> UnsafeBufferPointer<UInt8> {
      let text = XMLScanner.text(events[at..<current.bytes.upperBound])
      at += text.count + 1
      return text
    }
    _ = next()
    while at < current.bytes.upperBound {
      let isWanted = next().isLocalName(wanted)
      let value = next()
      if isWanted { return value }
    }
    return nil
  }

  /// What stands before the first zero.
  private static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    let end = bytes.baseAddress.flatMap { memchr($0, 0, bytes.count) }
    return UnsafeBufferPointer(
      start: bytes.baseAddress,
      count: end.map { UnsafeRawPointer($0) - UnsafeRawPointer(bytes.baseAddress!) } ?? bytes.count)
  }

  /// An attribute as text.
  func attributeText(_ name: StaticString) -> String? {
    attribute(name).map { String(decoding: $0, as: UTF8.self) }
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

  /// Whether an attribute says yes.
  func attributeFlag(_ name: StaticString) -> Bool {
    attribute(name)?.saysYes ?? false
  }

  /// Appends all text up to the end of the element that has just begun, that of inner elements included;
  /// no more than `limit` bytes and a piece.
  ///
  /// - Throws: `ReadingError` where the element does not end.
  func appendContent(to bytes: inout [UInt8], limit: Int) throws(ReadingError) {
    let outer = depth - 1
    let start = bytes.count
    while depth > outer {
      switch try next() {
      case .text where bytes.count - start <= limit:
        bytes.append(contentsOf: events[current.bytes])
      case .done: throw .fault(.cutShort)
      case .start, .end, .text: break
      }
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The value of an attribute says yes: `1`, `true` or `on`.
  var saysYes: Bool {
    elementsEqual([UInt8(ascii: "1")]) || elementsEqual("true".utf8) || elementsEqual("on".utf8)
  }

  /// Whether a name is a wanted one behind its prefix.
  fileprivate func isLocalName(_ wanted: StaticString) -> Bool {
    let prefix = count - wanted.utf8CodeUnitCount
    guard prefix >= 0, let base = baseAddress,
      prefix == 0 || base[prefix - 1] == UInt8(ascii: ":")
    else { return false }
    return memcmp(base + prefix, wanted.utf8Start, wanted.utf8CodeUnitCount) == 0
  }
}
