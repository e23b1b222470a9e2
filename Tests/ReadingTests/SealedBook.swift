import CCrypto

@testable import SheetBuilding

/// A binary workbook with the cells 内科 and 2.5, encrypted as [MS-OFFCRYPTO] says.
struct SealedBook {
  enum Way: CaseIterable {
    /// Obfuscation by XOR, as it is called; RC4; and RC4 by Windows' own library, with keys of two lengths.
    case xor, oldXOR, rc4, cryptoAPI40, cryptoAPI128
  }

  /// What the record says that tells of the encryption.
  var filePass: [UInt8]
  /// Encrypts the data of a record, or a part of it; its places are those in the stream.
  private let seal: (_ data: ArraySlice<UInt8>, _ length: Int) -> [UInt8]

  static let salt = (0..<16).map { UInt8($0 * 7 + 1) }
  private static let secret = (0..<16).map { UInt8($0 * 3) }

  static func utf16(_ text: String) -> [UInt8] { text.utf16.flatMap { number(Int($0), 2) } }

  init(_ way: Way, password: String) {
    switch way {
    case .xor: self.init(xor: Array(password.utf8), isOld: false)
    case .oldXOR: self.init(xor: Array(password.utf8), isOld: true)
    case .rc4: self.init(rc4: password)
    case .cryptoAPI40: self.init(cryptoAPI: password, bits: 40)
    case .cryptoAPI128: self.init(cryptoAPI: password, bits: 128)
    }
  }

  private init(rc4 password: String) {
    let first = Array(SealedBook.md5(SealedBook.utf16(password))[..<5])
    let base = Array(SealedBook.md5((0..<16).flatMap { _ in first + SealedBook.salt })[..<5])
    let keys = KeyStream { SealedBook.md5(base + number($0, 4)) }
    let sealed = keys.mixed((SealedBook.secret + SealedBook.md5(SealedBook.secret))[...], at: 0)
    filePass = number(1, 2) + number(1, 2) + number(1, 2) + SealedBook.salt + sealed
    seal = { data, _ in keys.mixed(data, at: data.startIndex) }
  }

  private init(cryptoAPI password: String, bits: Int) {
    let base = SealedBook.sha1(SealedBook.salt + SealedBook.utf16(password))
    let filling = [UInt8](repeating: 0, count: bits == 40 ? 11 : 0)
    let keys = KeyStream {
      Array(SealedBook.sha1(base + number($0, 4))[..<(bits / 8)]) + filling
    }
    let provider = SealedBook.utf16("Microsoft Enhanced Cryptographic Provider v1.0\0")
    let header =
      number(4, 4) + number(0, 4) + number(0x6801, 4) + number(0x8004, 4) + number(bits, 4)
      + number(1, 4) + number(0, 8) + provider
    let sealed = keys.mixed((SealedBook.secret + SealedBook.sha1(SealedBook.secret))[...], at: 0)
    filePass =
      number(1, 2) + number(2, 2) + number(2, 2) + number(4, 4) + number(header.count, 4) + header
      + number(16, 4) + SealedBook.salt + sealed[..<16] + number(20, 4) + sealed[16...]
    seal = { data, _ in keys.mixed(data, at: data.startIndex) }
  }

  private init(xor password: [UInt8], isOld: Bool) {
    let key = SealedBook.xorKey(password)
    var verifier = 0
    for byte in ([UInt8(password.count)] + password).reversed() {
      verifier = (verifier >> 14 & 1 | verifier << 1 & 0x7FFF) ^ Int(byte)
    }
    filePass = (isOld ? [] : number(0, 2)) + number(key, 2) + number(verifier ^ 0xCE4B, 2)
    let filling: [UInt8] = [
      0xBB, 0xFF, 0xFF, 0xBA, 0xFF, 0xFF, 0xB9, 0x80, 0x00, 0xBE, 0x0F, 0x00, 0xBF, 0x0F, 0x00,
    ]
    let mixers = (password + filling).prefix(16).enumerated().map { index, letter in
      let mixed = letter ^ UInt8(key >> (index % 2 * 8) & 0xFF)
      return mixed >> 1 | mixed << 7
    }
    seal = { data, length in
      data.indices.map { place in
        (data[place] << 5 | data[place] >> 3) ^ mixers[(length + place) & 15]
      }
    }
  }

  /// [MS-OFFCRYPTO] 2.3.7.2, by the generator that its table is made with.
  private static func xorKey(_ password: [UInt8]) -> Int {
    func next(_ value: Int) -> Int {
      let turned = value << 1 & 0xFFFF | value >> 15
      return turned & 1 == 1 ? turned ^ 0x1020 : turned
    }
    var (key, base, end) = (0, 0x8000, 0xFFFF)
    for letter in password.reversed() {
      for bit in 0..<8 {
        (base, end) = (next(base), next(end))
        if (letter & 0x7F) >> bit & 1 == 1 { key ^= base }
      }
    }
    return key ^ end
  }

  /// The compound file.
  var bytes: [UInt8] {
    let text = number(1, 4) + number(1, 4) + BIFFBuilder.wide("内科")
    // Keys change every 1024 bytes.
    let filler = BIFFBuilder.record(0x5C, [UInt8](repeating: 0x20, count: 1500))
    var stream = BIFFBuilder(
      globals: BIFFBuilder.record(0x2F, filePass) + filler + BIFFBuilder.record(0xFC, text),
      sheets: [
        (
          Array("S".utf8), 0,
          BIFFBuilder.cell(0xFD, 0, 0, number(0, 4))
            + BIFFBuilder.cell(0x203, 0, 1, BIFFBuilder.double(2.5))
        )
      ]
    ).stream
    var at = 0
    while at + 4 <= stream.count {
      let id = Int(stream[at]) | Int(stream[at + 1]) << 8
      let length = Int(stream[at + 2]) | Int(stream[at + 3]) << 8
      // The beginnings of streams and this record itself stay clear, and the place of a sheet.
      let clear = [0x809, 0x2F].contains(id) ? length : id == 0x85 ? 4 : 0
      let places = (at + 4 + clear)..<(at + 4 + length)
      stream.replaceSubrange(places, with: seal(stream[places], length))
      at += 4 + length
    }
    return BIFFBuilder.compound([("Workbook", stream)])
  }

  private static func md5(_ bytes: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 16)
    MD5(bytes, bytes.count, &digest)
    return digest
  }

  private static func sha1(_ bytes: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 20)
    SHA1(bytes, bytes.count, &digest)
    return digest
  }
}

/// RC4 with a key of its own for every 1024 bytes.
private struct KeyStream {
  let key: (_ block: Int) -> [UInt8]

  func mixed(_ data: ArraySlice<UInt8>, at place: Int) -> [UInt8] {
    let blocks = (0...((place + data.count) / 1024)).map { bytes(key($0)) }
    return data.enumerated().map { step, byte in
      byte ^ blocks[(place + step) / 1024][(place + step) % 1024]
    }
  }

  private func bytes(_ key: [UInt8]) -> [UInt8] {
    var box = (0...255).map { $0 }
    var j = 0
    for i in 0...255 {
      j = (j + box[i] + Int(key[i % key.count])) & 255
      box.swapAt(i, j)
    }
    j = 0
    return (1...1024).map { step in
      j = (j + box[step & 255]) & 255
      box.swapAt(step & 255, j)
      return UInt8(box[(box[step & 255] + box[j]) & 255])
    }
  }
}
