import CParts
import Glibc
import Testing

/// The files in which libxlsxwriter collects parts: what it writes it must read again, from the beginning.
@Suite("Files of parts")
struct PartFileTests {
  private static let limit = 256 << 10

  @Test(
    "What was written is read again, in memory and beyond",
    arguments: [0, 1, 4096, limit - 1, limit, limit + 1, 5 * limit])
  func roundTrip(length: Int) throws {
    let folder = WorkbookFolder()
    let written = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
    let file = try #require(
      folder.path.withCString { lxw_tmpfile(UnsafeMutablePointer(mutating: $0)) })
    for start in stride(from: 0, to: length, by: 10_007) {
      let piece = Array(written[start..<min(start + 10_007, length)])
      #expect(fwrite(piece, 1, piece.count, file) == piece.count)
    }
    #expect(fseek(file, 0, SEEK_END) == 0 && ftell(file) == length)
    rewind(file)
    var read = [UInt8](repeating: 0, count: length + 10)
    #expect(fread(&read, 1, read.count, file) == length)
    #expect(Array(read.prefix(length)) == written)
    #expect(fseek(file, -1, SEEK_SET) != 0)
    #expect(fclose(file) == 0)
    #expect(folder.files.isEmpty)
  }

  @Test("A part that has no room in its folder is an error, not a shorter part")
  func noFolder() throws {
    let file = try #require(
      "/nonexistent".withCString { lxw_tmpfile(UnsafeMutablePointer(mutating: $0)) })
    let piece = [UInt8](repeating: 7, count: PartFileTests.limit)
    #expect(fwrite(piece, 1, piece.count, file) == piece.count && fflush(file) == 0)
    _ = fwrite(piece, 1, 1, file)
    #expect(fflush(file) != 0 && ferror(file) != 0)
    fclose(file)
  }
}
