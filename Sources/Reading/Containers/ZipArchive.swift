internal import Records

/// The directory of a zip archive (PKWARE APPNOTE.TXT 4.3), with ZIP64.
///
/// Names are keys and nothing else: no file is ever opened by one.
///
/// - Complexity: opening reads the directory alone.
struct ZipArchive: Sendable {
  static let mostEntries = 20_000
  private static let largestDirectory = 8 << 20

  struct Entry: Sendable {
    let name: String
    let offset: Int
    let packedSize: Int
    let size: Int
    let checksum: UInt32
    /// 0 stored, 8 deflated; others are not read.
    let method: Int
  }

  let store: any ByteStore
  /// By name in lower case, as Office compares them.
  private let entries: [String: Entry]

  /// - Throws: `ReadingError.fault` where the directory is damaged, too large, or encrypted.
  init(_ store: any ByteStore) throws(ReadingError) {
    self.store = store
    let place = try ZipArchive.directory(of: store)
    guard place.count <= ZipArchive.mostEntries else { throw .fault(.tooManyParts) }
    guard place.size <= ZipArchive.largestDirectory else { throw .fault(.tooManyParts) }
    let bytes = try store.bytes(at: place.offset, count: place.size)
    var entries: [String: Entry] = [:]
    var at = 0
    for _ in 0..<place.count {
      let entry = try ZipArchive.entry(bytes, &at)
      let key = ZipArchive.key(entry.name)
      if entries[key] == nil { entries[key] = entry }
    }
    self.entries = entries
  }

  var names: [String] { entries.keys.sorted() }

  func contains(_ name: String) -> Bool { entries[ZipArchive.key(name)] != nil }

  func entry(_ name: String) -> Entry? { entries[ZipArchive.key(name)] }

  /// The unpacked bytes of an entry.
  ///
  /// - Throws: `ReadingError.fault(.missingPart)` where there is none of the name.
  func stream(_ name: String) throws(ReadingError) -> InflatedEntry {
    guard let entry = entry(name) else { throw .fault(.missingPart) }
    return try InflatedEntry(entry, in: store)
  }

  private static func key(_ name: String) -> String {
    let path = name.replacing("\\", with: "/")
    return (path.hasPrefix("/") ? String(path.dropFirst()) : path).lowercased()
  }
}

extension ZipArchive {
  private struct Place {
    var offset: Int
    var size: Int
    var count: Int
  }

  /// Finds the directory from the record at the end of the archive, which a comment may follow.
  private static func directory(of store: any ByteStore) throws(ReadingError) -> Place {
    let most = min(store.count, 22 + 0xFFFF)
    let start = store.count - most
    let tail = try store.bytes(at: start, count: most)
    var at = most - 22
    while at >= 0, tail.number32(at) != 0x0605_4B50 { at -= 1 }
    guard at >= 0, let count = tail.number16(at + 10), let size = tail.number32(at + 12),
      let offset = tail.number32(at + 16)
    else { throw .fault(.cutShort) }
    let place = Place(offset: offset, size: size, count: count)
    guard offset == 0xFFFF_FFFF || count == 0xFFFF || size == 0xFFFF_FFFF else { return place }
    return try largeDirectory(of: store, before: start + at) ?? place
  }

  private static func largeDirectory(
    of store: any ByteStore, before end: Int
  ) throws(ReadingError) -> Place? {
    guard end >= 20 else { return nil }
    let locator = try store.bytes(at: end - 20, count: 20)
    guard locator.number32(0) == 0x0706_4B50 else { return nil }
    guard let at = locator.number64(8) else { throw .fault(.badArchive) }
    let record = try store.bytes(at: at, count: 56)
    guard record.number32(0) == 0x0606_4B50, let count = record.number64(32),
      let size = record.number64(40), let offset = record.number64(48)
    else { throw .fault(.badArchive) }
    return Place(offset: offset, size: size, count: count)
  }

  private static func entry(_ bytes: [UInt8], _ at: inout Int) throws(ReadingError) -> Entry {
    guard bytes.number32(at) == 0x0201_4B50, let flags = bytes.number16(at + 8),
      let method = bytes.number16(at + 10), let checksum = bytes.number32(at + 16),
      let packed = bytes.number32(at + 20), let size = bytes.number32(at + 24),
      let nameLength = bytes.number16(at + 28), let extraLength = bytes.number16(at + 30),
      let commentLength = bytes.number16(at + 32), let offset = bytes.number32(at + 42),
      at + 46 + nameLength + extraLength + commentLength <= bytes.count
    else { throw .fault(.badArchive) }
    if flags & 1 != 0 { throw .fault(.encrypted) }
    let extra = at + 46 + nameLength
    var sizes = [size, packed, offset]
    readLargeSizes(bytes, extra..<(extra + extraLength), &sizes)
    defer { at = extra + extraLength + commentLength }
    return Entry(
      name: String(decoding: bytes[(at + 46)..<extra], as: UTF8.self), offset: sizes[2],
      packedSize: sizes[1], size: sizes[0],
      checksum: UInt32(truncatingIfNeeded: checksum), method: method)
  }

  /// The extra field of ZIP64 has those numbers, in order, that do not fit into 32 bits.
  private static func readLargeSizes(_ bytes: [UInt8], _ extra: Range<Int>, _ sizes: inout [Int]) {
    var at = extra.lowerBound
    while at + 4 <= extra.upperBound, let id = bytes.number16(at),
      let length = bytes.number16(at + 2)
    {
      if id == 1 {
        var field = at + 4
        for index in sizes.indices where sizes[index] == 0xFFFF_FFFF {
          guard field + 8 <= at + 4 + length, let value = bytes.number64(field) else { return }
          sizes[index] = value
          field += 8
        }
      }
      at += 4 + length
    }
  }
}
