import CXLSXWriter
import Glibc
import ReportModel
import Testing

@testable import Rendering

@Suite("The packing of workbooks")
struct PackingTests {
  let folder = WorkbookFolder()

  /// Bytes that do not get smaller, and others that do.
  private static func noise(_ count: Int) -> [UInt8] {
    var state: UInt64 = 42
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 33)
    }
  }

  private static let parts: [(name: String, bytes: [UInt8])] = [
    ("empty.xml", []), ("one.xml", [0x41]), ("text/plain.xml", Array("<a>bc</a>".utf8)),
    ("noise.bin", noise(300_000)), ("long.xml", Array(repeating: 0x61, count: 700_000)),
    ("last.xml", noise(70_000)),
  ]

  private func pack(to path: String, isBeside: Bool, piece: Int) -> Bool {
    guard let packer = PartPacker(path: path, isBeside: isBeside) else { return false }
    for (name, bytes) in Self.parts {
      packer.begin(Array(name.utf8))
      for start in stride(from: 0, to: bytes.count, by: piece) {
        let isTaken = bytes[start..<min(start + piece, bytes.count)].withUnsafeBufferPointer {
          packer.append($0)
        }
        if !isTaken { break }
      }
      packer.end()
    }
    return packer.finish()
  }

  @Test("Parts of any size come out as they went in, and cuts and threads do not change a byte")
  func whole() throws {
    let first = folder.path + "/a.zip"
    #expect(pack(to: first, isBeside: false, piece: 16_384))
    for (name, bytes) in Self.parts {
      // Compared before it is expected: a difference of so many bytes is not to be shown.
      let isSame = WorkbookFolder.partBytes(name, of: first) == bytes
      #expect(isSame, "\(name)")
    }
    let second = folder.path + "/b.zip"
    #expect(pack(to: second, isBeside: true, piece: 999))
    let isSame = WorkbookFolder.bytes(of: first) == WorkbookFolder.bytes(of: second)
    #expect(isSame)
  }

  @Test("A full disk is told, at the latest at the end", arguments: [true, false])
  func full(isBeside: Bool) {
    #expect(!pack(to: "/dev/full", isBeside: isBeside, piece: 16_384))
    #expect(PartPacker(path: folder.path + "/none/a.zip", isBeside: isBeside) == nil)
  }

  @Test("A packer that is left behind ends its thread and closes its file")
  func abandoned() throws {
    let path = folder.path + "/a.zip"
    let (_, packed) = PartPackers.closing(path, isBeside: true) {
      PartPackers.open(path)?.begin(Array("a.xml".utf8))
    }
    #expect(!packed)
    let links = try #require(Self.openFiles())
    #expect(!links.contains(path))
  }

  private static func openFiles() -> [String]? {
    guard let folder = opendir("/proc/self/fd") else { return nil }
    defer { closedir(folder) }
    var paths: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      var target = [UInt8](repeating: 0, count: 4096)
      let count = target.withUnsafeMutableBytes {
        readlink("/proc/self/fd/" + name, $0.baseAddress!.assumingMemoryBound(to: CChar.self), 4096)
      }
      if count > 0 { paths.append(String(decoding: target[..<count], as: UTF8.self)) }
    }
    return paths
  }

  @Test("libxlsxwriter's parts are packed here, whatever the number of threads to the same bytes")
  func workbook() throws {
    var found: [[UInt8]] = []
    for jobs in [1, 2, 7] {
      let path = "\(folder.path)/\(jobs).xlsx"
      let renderer = WorkbookRenderer(jobs: jobs)
      try renderer.write(SampleReport.chinese(), to: path, temporaryFolder: folder.path)
      found.append(WorkbookFolder.bytes(of: path))
    }
    let areSame = found.allSatisfy { $0 == found[0] }
    #expect(found[0].count > 10_000 && areSame)

    let path = folder.path + "/direct.xlsx"
    try WorkbookLibrary.load()
    let book = try #require(workbook_new_opt(path, nil))
    worksheet_write_number(workbook_add_worksheet(book, nil), 0, 0, 7, nil)
    let (result, packed) = PartPackers.closing(path, isBeside: true) { workbook_close(book) }
    #expect(result == LXW_NO_ERROR && packed)
    #expect(WorkbookFolder.part("xl/worksheets/sheet1.xml", of: path).contains("<v>7</v>"))
  }
}
