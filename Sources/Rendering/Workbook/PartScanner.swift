import CDeflate
import Glibc

/// Takes the bytes of one XML part in pieces and notes its length, its checksum, how often it has the
/// elements that are counted, and whether it ends with its root element.
struct PartScanner {
  /// The elements that are counted.
  enum Element: String, CaseIterable {
    case row
    case formula = "f"
    case joined = "mergeCell"
    case table = "tablePart"
    case pane
    case condition = "conditionalFormatting"
    case drawing
    case column = "tableColumn"
    case name = "definedName"
  }

  private(set) var size = 0
  private(set) var checksum: UInt32 = 0
  private var tallies = [Int](repeating: 0, count: Element.allCases.count)
  private var head: [UInt8] = []
  private var tail: [UInt8] = []
  /// The first eight bytes and the length of the element's name that is being read; nil outside.
  private var begun: (start: UInt64, length: Int)?
  /// For parts whose counts are checked.
  var counts: CountScanner?

  private static let headLength = 512
  private static let tailLength = 64
  private static let names = Element.allCases.map { element in
    element.rawValue.utf8.reduce(into: (start: UInt64(0), length: 0)) { name, byte in
      name = PartScanner.longer(name, byte)
    }
  }

  func count(_ element: Element) -> Int {
    Element.allCases.firstIndex(of: element).map { tallies[$0] } ?? 0
  }

  mutating func take(_ piece: UnsafeBufferPointer<UInt8>) {
    guard !piece.isEmpty else { return }
    counts?.take(piece)
    size += piece.count
    checksum = libdeflate_crc32(checksum, piece.baseAddress, piece.count)
    if head.count < PartScanner.headLength {
      head.append(contentsOf: piece.prefix(PartScanner.headLength - head.count))
    }
    tail = Array((tail + piece.suffix(PartScanner.tailLength)).suffix(PartScanner.tailLength))
    countElements(piece)
  }

  private mutating func countElements(_ piece: UnsafeBufferPointer<UInt8>) {
    var begun = begun
    var at = 0
    while at < piece.count {
      guard let name = begun else {
        // Between tags there is nothing to look at.
        guard let next = PartScanner.tag(in: piece, from: at) else { break }
        at = next + 1
        begun = (0, 0)
        continue
      }
      let byte = piece[at]
      at += 1
      switch byte {
      case UInt8(ascii: "<"): begun = (0, 0)
      case 0x20, 0x0A, 0x0D, UInt8(ascii: "/"), UInt8(ascii: ">"):
        if name.length > 0 { note(name) }
        begun = nil
      default: begun = name.length < 32 ? PartScanner.longer(name, byte) : nil
      }
    }
    self.begun = begun
  }

  private static func tag(in piece: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard let base = piece.baseAddress else { return nil }
    let found = memchr(base + start, Int32(UInt8(ascii: "<")), piece.count - start)
    return found.map { UnsafeRawPointer($0) - UnsafeRawPointer(base) }
  }

  private mutating func note(_ name: (start: UInt64, length: Int)) {
    // Nearly all are cells and their values.
    if name.length == 1, name.start != UInt64(UInt8(ascii: "f")) { return }
    for (index, known) in PartScanner.names.enumerated() where known == name { tallies[index] += 1 }
  }

  private static func longer(_ name: (start: UInt64, length: Int), _ byte: UInt8) -> (
    start: UInt64, length: Int
  ) {
    (name.length < 8 ? name.start << 8 | UInt64(byte) : name.start, name.length + 1)
  }

  /// Whether the last tag closes the first element.
  var isClosed: Bool {
    let ends: Set<UInt8> = [0x20, 0x2F, 0x3E, 0x0A, 0x0D]
    guard
      let root = head.split(separator: UInt8(ascii: "<"))
        .first(where: { $0.first != UInt8(ascii: "?") })?.prefix(while: { !ends.contains($0) })
    else { return false }
    let end = tail.reversed().drop { $0 <= 0x20 }.reversed()
    return end.suffix(root.count + 3).elementsEqual(Array("</".utf8) + root + Array(">".utf8))
  }
}
