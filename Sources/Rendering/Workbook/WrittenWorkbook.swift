import CDeflate
import CZlib
import Glibc
import Threading

/// A workbook file as it lies on the disk, read again to see that nothing was lost.
///
/// libxlsxwriter does not notice a full temporary folder: it then packs parts that are cut short into
/// a file whose checksums are right.
struct WrittenWorkbook {
  private let path: String
  private let bytes: [UInt8]

  /// Writes a workbook and reads it back, so that what returns without an error is whole; nothing stands
  /// at the path after an error.
  ///
  /// - Parameters:
  ///   - jobs: the number of threads that read it back.
  ///   - assemble: writes the file and returns what it must hold.
  static func make(
    at path: String, jobs: Int = 1, _ assemble: () throws(WorkbookError) -> WorkbookContents
  ) throws(WorkbookError) {
    do throws(WorkbookError) {
      let meant = try assemble()
      try WrittenWorkbook(path: path).verify(meant, jobs: jobs)
    } catch {
      unlink(path)
      throw error
    }
  }

  /// - Throws: `incomplete` where the file cannot be read.
  init(path: String) throws(WorkbookError) {
    self.path = path
    guard let bytes = WrittenWorkbook.read(path) else {
      throw .incomplete(part: path, reason: "cannot be read again")
    }
    self.bytes = bytes
  }

  /// Checks that the file holds what was meant.
  ///
  /// - Throws: `incomplete`.
  /// - Complexity: O(n) in the unpacked size.
  func verify(_ meant: WorkbookContents, jobs: Int = 1) throws(WorkbookError) {
    let found = try contents(jobs: jobs)
    guard found.sheets.count == meant.sheets.count else {
      throw .incomplete(part: path, reason: "has \(found.sheets.count) sheets")
    }
    for (index, (found, meant)) in zip(found.sheets, meant.sheets).enumerated() where found != meant
    {
      throw .incomplete(
        part: WrittenWorkbook.sheet(index), reason: "holds \(found) instead of \(meant)")
    }
    guard found.tableColumns == meant.tableColumns else {
      throw .incomplete(
        part: "xl/tables",
        reason: "hold \(found.tableColumns) columns instead of \(meant.tableColumns)")
    }
    guard found.names == meant.names else {
      throw .incomplete(
        part: "xl/workbook.xml", reason: "has \(found.names) names instead of \(meant.names)")
    }
  }

  /// What the file holds, after checking every part: it unpacks to its length and checksum and ends with
  /// the tag that it begins with.
  ///
  /// - Throws: `incomplete`.
  func contents(jobs: Int = 1) throws(WorkbookError) -> WorkbookContents {
    var parts: [String: PartScanner] = [:]
    let entries = try entries()
    let inspected = Threads.make(
      entries.map { entry in
        { Result { () throws(WorkbookError) in try inspect(entry) } }
      }, jobs: jobs)
    for (entry, result) in zip(entries, inspected) {
      let part = try result.get()
      guard part.isClosed else { throw .incomplete(part: entry.name, reason: "is cut short") }
      parts[entry.name] = part
    }
    var found = WorkbookContents()
    while let part = parts[WrittenWorkbook.sheet(found.sheets.count)] {
      found.sheets.append(WorkbookContents.Sheet(part))
    }
    while let part = parts["xl/tables/table\(found.tableColumns.count + 1).xml"] {
      found.tableColumns.append(part.count(.column))
    }
    found.names = parts["xl/workbook.xml"]?.count(.name) ?? 0
    return found
  }

  private static func sheet(_ index: Int) -> String { "xl/worksheets/sheet\(index + 1).xml" }

  private struct Entry {
    var name: String
    var offset: Int
    var packedSize: Int
    var size: Int
    var checksum: UInt32
    var isPacked: Bool
  }

  /// The directory at the end of the file (PKWARE, APPNOTE.TXT 4.3.12 and 4.3.16), without ZIP64.
  private func entries() throws(WorkbookError) -> [Entry] {
    let damaged = WorkbookError.incomplete(part: path, reason: "has no directory")
    let end = bytes.count - 22
    guard end >= 0, number(end, 4) == 0x0605_4B50 else { throw damaged }
    var entries: [Entry] = []
    var at = number(end + 16, 4)
    for _ in 0..<number(end + 10, 2) {
      guard at + 46 <= end, number(at, 4) == 0x0201_4B50 else { throw damaged }
      let nameLength = number(at + 28, 2)
      guard at + 46 + nameLength <= end else { throw damaged }
      entries.append(
        Entry(
          name: String(decoding: bytes[(at + 46)..<(at + 46 + nameLength)], as: UTF8.self),
          offset: number(at + 42, 4), packedSize: number(at + 20, 4), size: number(at + 24, 4),
          checksum: UInt32(number(at + 16, 4)), isPacked: number(at + 10, 2) == 8))
      at += 46 + nameLength + number(at + 30, 2) + number(at + 32, 2)
    }
    return entries
  }

  private func inspect(_ entry: Entry) throws(WorkbookError) -> PartScanner {
    let header = entry.offset + 30
    guard header <= bytes.count, number(entry.offset, 4) == 0x0403_4B50 else {
      throw .incomplete(part: entry.name, reason: "has no header")
    }
    let first = header + number(entry.offset + 26, 2) + number(entry.offset + 28, 2)
    guard first + entry.packedSize <= bytes.count else {
      throw .incomplete(part: entry.name, reason: "reaches beyond the file")
    }
    let packed = bytes[first..<(first + entry.packedSize)]
    var scanner = PartScanner()
    // The sheets' rows are counted otherwise; these two are what all of them refer to.
    let isCounted = ["xl/styles.xml", "xl/sharedStrings.xml"].contains(entry.name)
    if isCounted { scanner.counts = CountScanner() }
    if entry.isPacked {
      guard inflate(packed, size: entry.size, into: &scanner) else {
        throw .incomplete(part: entry.name, reason: "cannot be unpacked")
      }
    } else {
      packed.withUnsafeBufferPointer { scanner.take($0) }
    }
    guard scanner.counts?.isWhole != false else {
      throw .incomplete(part: entry.name, reason: "lacks a part of what it says it has")
    }
    guard scanner.size == entry.size, scanner.checksum == entry.checksum else {
      throw .incomplete(part: entry.name, reason: "has a wrong length or checksum")
    }
    return scanner
  }

  private func number(_ at: Int, _ count: Int) -> Int {
    guard at >= 0, at + count <= bytes.count else { return -1 }
    return (0..<count).reversed().reduce(0) { $0 << 8 | Int(bytes[at + $1]) }
  }

  /// Unpacks a raw deflate stream that should have some size; false where it is damaged or has another.
  private func inflate(
    _ packed: ArraySlice<UInt8>, size: Int, into scanner: inout PartScanner
  ) -> Bool {
    guard size <= WrittenWorkbook.mostAtOnce else { return inflateByPieces(packed, into: &scanner) }
    guard let decompressor = libdeflate_alloc_decompressor() else { return false }
    defer { libdeflate_free_decompressor(decompressor) }
    return packed.withUnsafeBufferPointer { source in
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: max(1, size)) { room in
        guard
          libdeflate_deflate_decompress(
            decompressor, source.baseAddress, source.count, room.baseAddress, size, nil)
            == LIBDEFLATE_SUCCESS
        else { return false }
        scanner.take(UnsafeBufferPointer(rebasing: room[..<size]))
        return true
      }
    }
  }

  /// Larger parts are unpacked piece by piece, so that memory does not grow with them.
  private static let mostAtOnce = 1 << 18

  private func inflateByPieces(
    _ packed: ArraySlice<UInt8>, into scanner: inout PartScanner
  ) -> Bool {
    var stream = z_stream()
    let version = ZLIB_VERSION
    guard inflateInit2_(&stream, -15, version, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      return false
    }
    defer { inflateEnd(&stream) }
    return packed.withUnsafeBufferPointer { source in
      stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
      stream.avail_in = UInt32(source.count)
      return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1 << 16) { piece in
        var result = Z_OK
        while result == Z_OK {
          stream.next_out = piece.baseAddress
          stream.avail_out = UInt32(piece.count)
          result = CZlib.inflate(&stream, Z_NO_FLUSH)
          scanner.take(
            UnsafeBufferPointer(rebasing: piece[..<(piece.count - Int(stream.avail_out))]))
        }
        return result == Z_STREAM_END
      }
    }
  }

  private static func read(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    let size = Int(status.st_size)
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let got = Glibc.read(descriptor, buffer.baseAddress! + count, size - count)
        if got <= 0 { return }
        count += got
      }
    }
    return bytes.count == size ? bytes : nil
  }
}

extension WorkbookContents.Sheet {
  init(_ part: PartScanner) {
    self.init(
      rows: part.count(.row), formulas: part.count(.formula), joined: part.count(.joined),
      tables: part.count(.table), isFrozen: part.count(.pane) > 0,
      conditions: part.count(.condition), hasDrawing: part.count(.drawing) > 0)
  }
}
