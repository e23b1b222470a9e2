import CCrypto
import Foundation
import Reading
import Records
import Testing

@testable import SheetBuilding

/// Workbooks are encrypted here as [MS-OFFCRYPTO] says, by code of the tests' own.
@Suite("Encrypted workbooks")
struct EncryptionTests {
  private static let content = TinyWorkbook("<row r=\"1\"><c r=\"A1\"><v>7</v></c></row>").bytes
  private static let salt = (0..<16).map { UInt8($0 * 7 + 1) }

  private func outcome(_ bytes: [UInt8]) throws -> [[String]]? {
    do {
      return try TextFile(bytes).rows()
    } catch ReadingError.fault(.encrypted) { return nil }
  }

  @Test("Excel's default password opens a workbook of today, another does not")
  func agile() throws {
    #expect(try outcome(agile("VelvetSweatshop")) == [["7"]])
    #expect(try outcome(agile("secret")) == nil)
  }

  @Test(
    "And one of Excel 5 to 2003, in any of the ways there were", arguments: SealedBook.Way.allCases)
  func binary(way: SealedBook.Way) throws {
    #expect(try outcome(SealedBook(way, password: "VelvetSweatshop").bytes) == [["内科", "2.5"]])
    #expect(try outcome(SealedBook(way, password: "VelvetSweatshot").bytes) == nil)
    #expect(try outcome(SealedBook(way, password: "secret").bytes) == nil)
  }

  @Test("A description of the encryption that breaks off is no password's")
  func cutDescription() throws {
    for way in SealedBook.Way.allCases {
      let sealed = SealedBook(way, password: "VelvetSweatshop")
      for length in [0, 1, 2, 3, 5, 8, 20, 40, 53] where length < sealed.filePass.count {
        var cut = sealed
        cut.filePass.removeLast(sealed.filePass.count - length)
        #expect(try outcome(cut.bytes) == nil)
      }
    }
  }

  private func sha512(_ bytes: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 64)
    SHA512(bytes, bytes.count, &digest)
    return digest
  }

  private func encrypt(_ bytes: [UInt8], key: [UInt8], vector: [UInt8]) -> [UInt8] {
    var schedule = AES_KEY()
    AES_set_encrypt_key(key, Int32(key.count * 8), &schedule)
    let whole = bytes + [UInt8](repeating: 0, count: (16 - bytes.count % 16) % 16)
    var vector = Array(vector[..<16])
    var encrypted = [UInt8](repeating: 0, count: whole.count)
    AES_cbc_encrypt(whole, &encrypted, whole.count, &schedule, &vector, 1)
    return encrypted
  }

  private func agile(_ password: String) -> [UInt8] {
    let turns = 100
    var hash = sha512(Self.salt + SealedBook.utf16(password))
    for turn in 0..<turns { hash = sha512(number(turn, 4) + hash) }
    func sealed(_ bytes: [UInt8], _ purpose: [UInt8]) -> String {
      let key = Array(sha512(hash + purpose)[..<32])
      return Data(encrypt(bytes, key: key, vector: Self.salt)).base64EncodedString()
    }
    let key = (0..<32).map { UInt8(200 - $0) }
    let verifier = (0..<16).map { UInt8($0) }
    let input = sealed(verifier, [0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79])
    let value = sealed(sha512(verifier), [0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E])
    let sealedKey = sealed(key, [0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6])
    let common =
      "saltSize=\"16\" blockSize=\"16\" keyBits=\"256\" hashSize=\"64\" cipherAlgorithm=\"AES\" "
      + "cipherChaining=\"ChainingModeCBC\" hashAlgorithm=\"SHA512\" "
      + "saltValue=\"\(Data(Self.salt).base64EncodedString())\""
    let markup =
      "<encryption><keyData \(common)/><p:encryptedKey spinCount=\"\(turns)\" \(common) "
      + "encryptedVerifierHashInput=\"\(input)\" encryptedVerifierHashValue=\"\(value)\" "
      + "encryptedKeyValue=\"\(sealedKey)\"/></encryption>"
    var package = number(Self.content.count, 8)
    for (index, start) in stride(from: 0, to: Self.content.count, by: 4096).enumerated() {
      let piece = Array(Self.content[start..<min(start + 4096, Self.content.count)])
      package += encrypt(piece, key: key, vector: sha512(Self.salt + number(index, 4)))
    }
    let info = number(4, 2) + number(4, 2) + number(0x40, 4) + Array(markup.utf8)
    return BIFFBuilder.compound([("EncryptionInfo", info), ("EncryptedPackage", package)])
  }
}
