import Foundation
import Reading
import Records
import Testing

@testable import SheetBuilding

@Suite("Workbooks, .xls")
struct XLSTests {
  private typealias B = BIFFBuilder

  private func workbook(_ records: [UInt8], globals: [UInt8] = []) -> BIFFBuilder {
    BIFFBuilder(globals: globals, sheets: [(Array("S".utf8), 0, records)])
  }

  /// The bare stream and the compound file are read alike.
  private func rows(_ workbook: BIFFBuilder) throws -> [[String]] {
    let bare = try TextFile(workbook.stream).rows()
    #expect(try TextFile(B.compound([("Workbook", workbook.stream)])).rows() == bare)
    return bare
  }

  @Test("Numbers in all their forms")
  func numbers() throws {
    let records =
      B.cell(0x203, 0, 0, B.double(0.1 + 0.2)) + B.cell(0x27E, 0, 1, number(0x3FF0_0000, 4))
      + B.cell(0x27E, 0, 2, number(123 << 2 | 2, 4)) + B.cell(0x27E, 0, 3, number(150 << 2 | 3, 4))
      + B.cell(0x27E, 0, 4, number(-7 << 2 | 2, 4))
      + B.record(
        0xBD,
        number(2, 2) + number(1, 2) + number(0, 2) + number(5 << 2 | 2, 4)
          + number(0, 2) + number(6 << 2 | 2, 4) + number(2, 2))
    #expect(
      try rows(workbook(records)) == [["0.3", "1", "123", "1.5", "-7"], [""], ["", "5", "6"]])
  }

  @Test("Days by number format, from 1900 or 1904", arguments: [false, true])
  func days(is1904: Bool) throws {
    let globals =
      B.record(0x22, number(is1904 ? 1 : 0, 2))
      + B.record(0x41E, number(164, 2) + B.wide("yyyy年m月"))
      + B.record(0xE0, number(0, 4)) + B.record(0xE0, number(0, 2) + number(164, 2))
      + B.record(0xE0, number(0, 2) + number(22, 2))
    let shift = is1904 ? 1462.0 : 0
    let records =
      B.cell(0x203, 0, 0, style: 1, B.double(45082 - shift))
      + B.cell(0x203, 0, 1, style: 2, B.double(45082.5 - shift))
      + B.cell(0x203, 0, 2, style: 0, B.double(45082))
    #expect(
      try rows(workbook(records, globals: globals)) == [
        ["2023-06-05", "2023-06-05 12:00", "45082"]
      ])
  }

  @Test("Shared texts go on in further records, in one byte or two a character")
  func sharedTexts() throws {
    // The text begins in one byte a character, and goes on in two after the break.
    let first =
      number(2, 4) + number(2, 4) + B.wide("内科") + number(5, 2) + [8, 1, 0] + Array("ab".utf8)
    let second: [UInt8] = [1] + "病c, ".utf16.prefix(3).flatMap { number(Int($0), 2) } + number(0, 4)
    let globals = B.record(0xFC, first) + B.record(0x3C, second)
    let records = B.cell(0xFD, 0, 0, number(1, 4)) + B.cell(0xFD, 0, 1, number(0, 4))
    #expect(try rows(workbook(records, globals: globals)) == [["ab病c,", "内科"]])
  }

  @Test("Labels, booleans, errors and the stored results of formulas")
  func otherCells() throws {
    func formula(_ column: Int, _ result: [UInt8]) -> [UInt8] {
      B.cell(0x06, 0, column, result + number(0, 8))
    }
    let records =
      B.cell(0x204, 0, 0, B.wide("标签")) + B.cell(0x205, 0, 1, [1, 0])
      + B.cell(0x205, 0, 2, [0x17, 1])
      + formula(3, B.double(2.5)) + formula(4, [0, 0, 0, 0, 0, 0, 0xFF, 0xFF])
      + B.record(0x207, B.wide("结果")) + formula(5, [1, 0, 1, 0, 0, 0, 0xFF, 0xFF])
      + formula(6, [2, 0, 0x2A, 0, 0, 0, 0xFF, 0xFF]) + formula(7, [0, 0, 0, 0, 0, 0, 0xFF, 0xFF])
      + formula(8, B.double(1))
    let file = try TextFile(workbook(records).stream)
    #expect(
      try file.rows() == [["标签", "TRUE", "#REF!", "2.5", "结果", "TRUE", "#N/A", "", "1"]])
    #expect(
      try Set(file.remarks()) == [
        .errorValue(row: 1, column: 2), .errorValue(row: 1, column: 6),
        .formulaWithoutValue(row: 1, column: 7),
      ])
  }

  @Test("Hidden rows and sheets, merged cells, rows out of order")
  func sheets() throws {
    var row = number(1, 2) + number(0, 10) + number(0x20, 4)
    row = B.record(0x208, row)
    let records =
      row + B.cell(0x203, 2, 1, B.double(3)) + B.cell(0x204, 0, 0, B.wide("甲"))
      + B.cell(0x203, 1, 1, B.double(2))
      + B.record(
        0xE5,
        number(1, 2) + number(0, 2) + number(2, 2)
          + number(0, 4))
    var workbook = workbook(records)
    workbook.sheets.append((Array("H".utf8), 2, B.cell(0x203, 0, 0, B.double(9))))
    let file = try TextFile(workbook.stream)
    #expect(try file.rows() == [["甲"], ["甲", "2"], ["甲", "3"]])
    #expect(try file.rows(fillsMerged: false) == [["甲"], ["", "2"], ["", "3"]])
    #expect(try file.remarks() == [.hiddenRows(2...2)])
    #expect(try InputFile.tables(in: file.path).map(\.isHidden) == [false, true])
    #expect(try file.rows(sheet: 1) == [["9"]])
  }

  @Test("BIFF5: texts in the workbook's code page")
  func codePage() throws {
    var book = workbook(
      B.cell(0x204, 0, 0, number(4, 2) + [0xC4, 0xDA, 0xBF, 0xC6]),
      globals: B.record(0x42, number(936, 2)))
    book.isBIFF8 = false
    book.sheets[0].name = [0xB1, 0xED]
    let file = try TextFile(B.compound([("Book", book.stream)]))
    #expect(try file.rows() == [["内科"]])
    #expect(try InputFile.tables(in: file.path)[0].sheet == "表")
  }

  private func fault(_ bytes: [UInt8]) throws -> FileFault? {
    do {
      _ = try TextFile(bytes).rows()
      return nil
    } catch ReadingError.fault(let fault) { return fault }
  }

  @Test("Passwords, earlier versions and other documents are told by name")
  func kinds() throws {
    let globals = B.record(0x2F, number(1, 2) + number(1, 2) + number(1, 2) + number(0, 48))
    #expect(try fault(workbook([], globals: globals).stream) == .encrypted)
    #expect(try fault(B.record(0x409, number(0, 6)) + number(0, 8)) == .oldWorkbook)
    #expect(try fault(B.compound([("WordDocument", [1])])) == .otherDocument)
    let encrypted = B.compound([("EncryptionInfo", number(4, 4)), ("EncryptedPackage", [1])])
    #expect(try fault(encrypted) == .encrypted)
    #expect(try fault(BIFFBuilder().stream) == .noSheet)
  }

  @Test("A chain of sectors that bites its tail is an error, and so is every cut")
  func damage() throws {
    var bytes = B.compound([("Workbook", workbook(B.cell(0x203, 0, 0, B.double(1))).stream)])
    #expect(try fault(bytes) == nil)
    for count in stride(from: 8, to: bytes.count, by: 97) {
      // What is cut off behind the cells is not missed.
      if let found = try fault(Array(bytes[..<count])) {
        #expect([.cutShort, .badCompound, .otherDocument, .noText].contains(found))
      }
    }
    // Sector 1 follows itself.
    bytes.replaceSubrange((512 + 4)..<(512 + 8), with: number(1, 4))
    #expect(try fault(bytes) == .badCompound)
  }
}
