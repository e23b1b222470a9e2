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

  private func utf16(_ text: String) -> [UInt8] { text.utf16.flatMap { number(Int($0), 2) } }

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

  @Test("And one of Excel 97 to 2003")
  func rc4() throws {
    #expect(try outcome(binary("VelvetSweatshop")) == [["内科", "2.5"]])
    #expect(try outcome(binary("secret")) == nil)
  }

  private func sha512(_ bytes: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 64)
    SHA512(bytes, bytes.count, &digest)
    return digest
  }

  private func md5(_ bytes: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 16)
    MD5(bytes, bytes.count, &digest)
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
    var hash = sha512(Self.salt + utf16(password))
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

  /// RC4 over the whole stream, with a key of its own for every 1024 bytes; heads of records stay clear,
  /// and so do three records.
  private func binary(_ password: String) -> [UInt8] {
    let first = Array(md5(utf16(password))[..<5])
    let base = Array(md5((0..<16).flatMap { _ in first + Self.salt })[..<5])
    func keystream(_ block: Int, _ count: Int) -> [UInt8] {
      let key = md5(base + number(block, 4))
      var box = (0...255).map { $0 }
      var j = 0
      for i in 0...255 {
        j = (j + box[i] + Int(key[i % 16])) & 255
        box.swapAt(i, j)
      }
      j = 0
      return (1...count).map { step in
        j = (j + box[step & 255]) & 255
        box.swapAt(step & 255, j)
        return UInt8(box[(box[step & 255] + box[j]) & 255])
      }
    }
    let verifier = (0..<16).map { UInt8($0 * 3) }
    let sealed = zip(verifier + md5(verifier), keystream(0, 32)).map { $0 ^ $1 }
    let filePass = BIFFBuilder.record(
      0x2F, number(1, 2) + number(1, 2) + number(1, 2) + Self.salt + sealed)
    let text = number(1, 4) + number(1, 4) + BIFFBuilder.wide("内科")
    let filler = BIFFBuilder.record(0x5C, [UInt8](repeating: 0x20, count: 1500))
    let book = BIFFBuilder(
      globals: filePass + filler + BIFFBuilder.record(0xFC, text),
      sheets: [
        (
          Array("S".utf8), 0,
          BIFFBuilder.cell(0xFD, 0, 0, number(0, 4))
            + BIFFBuilder.cell(0x203, 0, 1, BIFFBuilder.double(2.5))
        )
      ])
    var stream = book.stream
    let keys = (0...(stream.count / 1024)).flatMap { keystream($0, 1024) }
    var at = 0
    while at + 4 <= stream.count {
      let id = Int(stream[at]) | Int(stream[at + 1]) << 8
      let length = Int(stream[at + 2]) | Int(stream[at + 3]) << 8
      let clear = [0x809, 0x2F].contains(id) ? length : id == 0x85 ? 4 : 0
      for place in (at + 4 + clear)..<(at + 4 + length) { stream[place] ^= keys[place] }
      at += 4 + length
    }
    return BIFFBuilder.compound([("Workbook", stream)])
  }
}
