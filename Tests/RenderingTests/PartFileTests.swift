import CParts
import Foundation
import Testing

/// The files in which libxlsxwriter collects the parts of a workbook.
@Suite("Files of parts")
struct PartFileTests {
  private let folder = FileManager.default.temporaryDirectory.path

  /// What has been read from the place on.
  private func read(_ file: UnsafeMutablePointer<FILE>) -> [UInt8] {
    var all: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 10_000)
    while true {
      let count = fread(&piece, 1, piece.count, file)
      guard count > 0 else { return all }
      all += piece[..<count]
    }
  }

  @Test(
    "Give back what was written, in memory and beyond it",
    arguments: [0, 1, 16 << 10, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 1_300_000])
  func roundTrip(size: Int) throws {
    let file = try #require(folder.withCString { lxw_tmpfile(UnsafeMutablePointer(mutating: $0)) })
    defer { fclose(file) }
    // The length of a pattern and that of a piece have nothing in common.
    let pattern = (0..<997).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let bytes = Array(Array(repeating: pattern, count: size / 997 + 1).joined().prefix(size))
    for start in stride(from: 0, to: size, by: 7_777) {
      let piece = Array(bytes[start..<min(size, start + 7_777)])
      #expect(fwrite(piece, 1, piece.count, file) == piece.count)
    }
    #expect(fflush(file) == 0 && ftell(file) == size)
    rewind(file)
    let isSame = read(file) == bytes
    #expect(isSame && ferror(file) == 0)
    #expect(fseek(file, 0, SEEK_SET) == 0 && fputc(7, file) == 7 && fflush(file) == 0)
    rewind(file)
    let isChanged = read(file) == (size == 0 ? [7] : [7] + bytes.dropFirst())
    #expect(isChanged)
    #expect(fseek(file, 2 + size, SEEK_SET) == -1)
  }

  @Test("Say that a write failed where the folder takes no more")
  func unwritable() throws {
    let file = try #require(
      "/proc/nowhere".withCString { lxw_tmpfile(UnsafeMutablePointer(mutating: $0)) })
    defer { fclose(file) }
    let piece = [UInt8](repeating: 1, count: 600_000)
    #expect(fwrite(piece, 1, piece.count, file) == piece.count && fflush(file) == 0)
    _ = fwrite(piece, 1, piece.count, file)
    #expect(fflush(file) != 0 || ferror(file) != 0)
  }

  @Test("Leave no name in the folder")
  func nameless() throws {
    let own = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: own) }
    let file = try #require(
      own.path.withCString { lxw_tmpfile(UnsafeMutablePointer(mutating: $0)) })
    defer { fclose(file) }
    let piece = [UInt8](repeating: 1, count: 2 << 20)
    #expect(fwrite(piece, 1, piece.count, file) == piece.count && fflush(file) == 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: own.path).isEmpty)
  }
}
