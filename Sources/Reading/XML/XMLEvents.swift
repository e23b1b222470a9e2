internal import CExpat
internal import Glibc
internal import Records

/// What expat has found in a piece of XML, in order, until somebody takes it.
///
/// Names, values and texts lie one behind the other; an element's begin with its name, which its
/// attributes' names and values follow, each with a zero behind it.
final class XMLEvents {
  struct Entry {
    let kind: XMLScanner.Event
    /// How many elements are open behind the event.
    let depth: Int
    /// Where its name or text stands.
    let bytes: Range<Int>
  }

  private(set) var entries: [Entry] = []
  private(set) var isInCDATA = false
  /// Why the parser was stopped.
  private(set) var fault: FileFault?
  private var depth = 0
  private let parser: XML_Parser
  private var base: UnsafeMutablePointer<UInt8>
  private var count = 0
  private var capacity = 64 << 10

  /// - Parameter parser: has no handlers yet, and is not used for longer than the events.
  init(of parser: XML_Parser) {
    self.parser = parser
    base = .allocate(capacity: capacity)
    XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    XML_SetElementHandler(
      parser, { events, name, attributes in XMLEvents.of(events) { $0.begin(name, attributes) } },
      { events, name in XMLEvents.of(events) { $0.end(name) } })
    XML_SetCharacterDataHandler(parser) { events, text, count in
      XMLEvents.of(events) { $0.add(UnsafeRawBufferPointer(start: text, count: Int(count))) }
    }
    XML_SetCdataSectionHandler(
      parser, { events in XMLEvents.of(events) { $0.isInCDATA = true } },
      { events in XMLEvents.of(events) { $0.isInCDATA = false } })
    // No file of ours has one, and without one there are no entities of a file's own.
    XML_SetStartDoctypeDeclHandler(parser) { events, _, _, _, _ in
      XMLEvents.of(events) { $0.stop(.doctype) }
    }
  }

  deinit { base.deallocate() }

  func removeAll() {
    count = 0
    entries.removeAll(keepingCapacity: true)
  }

  /// The bytes of an event, good until further ones are found.
  subscript(range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: base + range.lowerBound, count: range.count)
  }

  private static func of(_ events: UnsafeMutableRawPointer?, _ body: (XMLEvents) -> Void) {
    guard let events else { return }
    Unmanaged<XMLEvents>.fromOpaque(events)._withUnsafeGuaranteedRef(body)
  }

  private func stop(_ fault: FileFault) {
    self.fault = fault
    XML_StopParser(parser, XML_Bool(XML_FALSE))
  }

  private func begin(
    _ name: UnsafePointer<CChar>?, _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?
  ) {
    let start = count
    append(name)
    var next = attributes
    while let text = next?.pointee {
      append(text)
      next = next.map { $0 + 1 }
    }
    depth += 1
    if depth > XMLScanner.deepest { stop(.tooDeep) }
    entries.append(Entry(kind: .start, depth: depth, bytes: start..<count))
  }

  private func end(_ name: UnsafePointer<CChar>?) {
    let start = count
    append(name)
    depth -= 1
    entries.append(Entry(kind: .end, depth: depth, bytes: start..<count))
  }

  /// Adds a piece of text to that before it, where nothing stands between them.
  private func add(_ text: UnsafeRawBufferPointer) {
    var start = count
    append(text)
    if let last = entries.last, last.kind == .text {
      start = last.bytes.lowerBound
      entries.removeLast()
    }
    entries.append(Entry(kind: .text, depth: depth, bytes: start..<count))
  }

  /// Appends a text with the zero behind it.
  private func append(_ text: UnsafePointer<CChar>?) {
    append(UnsafeRawBufferPointer(start: text, count: text.map { strlen($0) + 1 } ?? 0))
  }

  private func append(_ text: UnsafeRawBufferPointer) {
    if count + text.count > capacity {
      capacity = max(capacity * 2, count + text.count)
      let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
      memcpy(larger, base, count)
      base.deallocate()
      base = larger
    }
    if let start = text.baseAddress { memcpy(base + count, start, text.count) }
    count += text.count
  }
}
