internal import Records

/// A compound file, the container of .xls and of encrypted workbooks ([MS-CFB]): a file system in a file,
/// of which the streams of the root are looked at alone.
///
/// Every chain of sectors is followed for as many steps as the file has sectors at most: a chain that
/// bites its tail ends in an error.
final class CompoundFile: Sendable {
  private static let endOfChain: UInt32 = 0xFFFF_FFFE
  private static let mostEntries = 65_536

  fileprivate struct Entry {
    let name: String
    let isStream: Bool
    let left: UInt32
    let right: UInt32
    let child: UInt32
    let start: UInt32
    let size: Int
  }

  let store: any ByteStore
  let sectorSize: Int
  let sectorCount: Int
  private let table: [UInt32]
  private let smallTable: [UInt32]
  private let smallLimit: Int
  private let smallStore: CompoundStream?
  private let streams: [String: Entry]

  /// - Throws: `ReadingError.fault(.badCompound)` where the structure does not hold.
  init(_ store: any ByteStore) throws(ReadingError) {
    guard store.count >= 512 else { throw .fault(.cutShort) }
    let header = try store.bytes(at: 0, count: 512)
    guard let shift = header.number16(30), shift == 9 || shift == 12 else {
      throw .fault(.badCompound)
    }
    let sectorSize = 1 << shift
    self.store = store
    self.sectorSize = sectorSize
    sectorCount = (store.count - 1) / sectorSize
    let sectors = SectorReader(store: store, size: sectorSize, count: sectorCount)
    table = try sectors.table(header)
    let directory = try sectors.read(
      chain: UInt32(header.number32(48) ?? 0), table, most: mostBytes)
    let entries = CompoundFile.entries(directory, isLarge: shift == 12)
    guard let root = entries.first else { throw .fault(.badCompound) }
    smallLimit = header.number32(56) ?? 4096
    let smallStart = UInt32(header.number32(60) ?? 0)
    let bytes =
      smallStart < CompoundFile.endOfChain
      ? try sectors.read(chain: smallStart, table, most: mostBytes) : []
    smallTable = stride(from: 0, to: bytes.count - 3, by: 4).map { UInt32(bytes.number32($0) ?? 0) }
    let chain =
      root.start < CompoundFile.endOfChain
      ? CompoundFile.chain(from: root.start, in: table, most: sectorCount) ?? [] : []
    smallStore = CompoundStream(
      store, sectors: chain, size: min(root.size, chain.count * sectorSize), sectorSize: sectorSize,
      offset: sectorSize)
    streams = CompoundFile.children(of: root, entries)
  }

  func contains(_ name: String) -> Bool { streams[name.lowercased()] != nil }

  /// A stream of the root; nil where there is none of the name.
  ///
  /// - Throws: `ReadingError.fault` where its chain of sectors does not hold.
  func stream(_ name: String) throws(ReadingError) -> CompoundStream? {
    guard let entry = streams[name.lowercased()] else { return nil }
    if entry.size < smallLimit, let smallStore {
      let most = smallStore.count / 64 + 1
      guard let chain = CompoundFile.chain(from: entry.start, in: smallTable, most: most) else {
        throw .fault(.badCompound)
      }
      return CompoundStream(
        smallStore, sectors: chain, size: min(entry.size, chain.count * 64), sectorSize: 64,
        offset: 0)
    }
    guard let chain = CompoundFile.chain(from: entry.start, in: table, most: sectorCount) else {
      throw .fault(.badCompound)
    }
    return CompoundStream(
      store, sectors: chain, size: min(entry.size, chain.count * sectorSize),
      sectorSize: sectorSize, offset: sectorSize)
  }

  /// The sectors of a chain; nil where it has more than there can be.
  fileprivate static func chain(
    from start: UInt32, in table: [UInt32], most: Int
  ) -> [UInt32]? {
    var chain: [UInt32] = []
    var next = start
    while Int(next) < table.count {
      guard chain.count < most else { return nil }
      chain.append(next)
      next = table[Int(next)]
    }
    return chain
  }

  private static func entries(_ bytes: [UInt8], isLarge: Bool) -> [Entry] {
    var entries: [Entry] = []
    for at in stride(from: 0, to: bytes.count - 127, by: 128) where entries.count < mostEntries {
      let length = min(max((bytes.number16(at + 64) ?? 2) - 2, 0), 62) / 2
      let units = (0..<length).map { UInt16(bytes.number16(at + $0 * 2) ?? 0) }
      func number(_ offset: Int) -> UInt32 { UInt32(bytes.number32(at + offset) ?? 0) }
      entries.append(
        Entry(
          name: String(decoding: units, as: UTF16.self), isStream: bytes[at + 66] == 2,
          left: number(68), right: number(72), child: number(76), start: number(116),
          size: (isLarge ? bytes.number64(at + 120) : bytes.number32(at + 120)) ?? 0))
    }
    return entries
  }

  /// The streams of the root, which are kept as a tree; no entry is visited twice.
  private static func children(of root: Entry, _ entries: [Entry]) -> [String: Entry] {
    var found: [String: Entry] = [:]
    var visited: Set<UInt32> = []
    var waiting = [root.child]
    while let next = waiting.popLast() {
      guard Int(next) < entries.count, visited.insert(next).inserted else { continue }
      let entry = entries[Int(next)]
      if entry.isStream { found[entry.name.lowercased()] = entry }
      waiting += [entry.left, entry.right]
    }
    return found
  }
}

/// The most that the directory and the small table may take.
private let mostBytes = 64 << 20

/// Reads whole sectors.
private struct SectorReader {
  let store: any ByteStore
  let size: Int
  let count: Int

  /// The table of all sectors' successors, from the list of its own sectors in the header and beyond.
  func table(_ header: [UInt8]) throws(ReadingError) -> [UInt32] {
    var own: [UInt32] = []
    for index in 0..<109 {
      let sector = UInt32(header.number32(76 + index * 4) ?? 0)
      if sector < 0xFFFF_FFFA { own.append(sector) }
    }
    var next = UInt32(header.number32(68) ?? 0)
    var steps = 0
    while Int(next) < count {
      steps += 1
      guard steps <= count, own.count <= count else { throw .fault(.badCompound) }
      let list = try sector(next)
      for at in stride(from: 0, to: size - 4, by: 4) {
        let sector = UInt32(list.number32(at) ?? 0)
        if sector < 0xFFFF_FFFA { own.append(sector) }
      }
      next = UInt32(list.number32(size - 4) ?? 0)
    }
    var table: [UInt32] = []
    for place in own where Int(place) < count && table.count < count {
      let bytes = try sector(place)
      for at in stride(from: 0, to: size, by: 4) { table.append(UInt32(bytes.number32(at) ?? 0)) }
    }
    return table
  }

  func read(
    chain start: UInt32, _ table: [UInt32], most: Int
  ) throws(ReadingError) -> [UInt8] {
    guard let chain = CompoundFile.chain(from: start, in: table, most: count),
      chain.count * size <= most
    else { throw .fault(.badCompound) }
    var bytes: [UInt8] = []
    for place in chain { bytes += try sector(place) }
    return bytes
  }

  /// A sector; the last of a file may lack its end.
  private func sector(_ number: UInt32) throws(ReadingError) -> [UInt8] {
    let offset = (Int(number) + 1) * size
    let there = min(size, store.count - offset)
    guard there > 0 else { throw .fault(.cutShort) }
    let bytes = try store.bytes(at: offset, count: there)
    return bytes + [UInt8](repeating: 0, count: size - there)
  }
}

/// A stream of a compound file.
final class CompoundStream: ByteStore {
  let count: Int
  private let store: any ByteStore
  private let sectors: [UInt32]
  private let sectorSize: Int
  private let offset: Int

  /// - Parameters:
  ///   - offset: where the first sector lies.
  fileprivate init(
    _ store: any ByteStore, sectors: [UInt32], size: Int, sectorSize: Int, offset: Int
  ) {
    self.store = store
    self.sectors = sectors
    self.sectorSize = sectorSize
    self.offset = offset
    count = max(0, size)
  }

  /// Neighbouring sectors are read at once.
  func read(at start: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ReadingError) -> Int {
    var done = 0
    let wanted = min(buffer.count, count - start)
    while done < wanted {
      let (index, within) = (start + done).quotientAndRemainder(dividingBy: sectorSize)
      guard index < sectors.count else { break }
      var length = sectorSize - within
      var last = index
      while done + length < wanted, last + 1 < sectors.count,
        Int(sectors[last + 1]) == Int(sectors[last]) + 1
      {
        last += 1
        length += sectorSize
      }
      length = min(length, wanted - done)
      let got = try store.read(
        at: offset + Int(sectors[index]) * sectorSize + within,
        into: UnsafeMutableRawBufferPointer(rebasing: buffer[done..<(done + length)]))
      done += got
      if got < length { break }
    }
    return done
  }
}
