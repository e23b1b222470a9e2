internal import CCrypto
internal import Records

/// The password that Excel encrypts with where a workbook is protected against changes but has none of
/// its own, and tries before it asks for one.
enum DefaultPassword {
  /// In UTF-16, as keys are made from it.
  static let bytes: [UInt8] = "VelvetSweatshop".utf16.flatMap {
    [UInt8($0 & 0xFF), UInt8($0 >> 8)]
  }
}

extension DefaultPassword {
  /// A cipher for what follows the record that says how a binary workbook is encrypted; nil where another
  /// password is needed, or the way of encrypting is not known.
  static func cipher(_ filePass: [UInt8]) -> (any RecordCipher)? {
    // Before BIFF8 there was one way only, and no number for it.
    if filePass.count == 4 {
      return XORCipher(key: filePass.number16(0), verifier: filePass.number16(2))
    }
    switch filePass.number16(0) {
    case 0: return XORCipher(key: filePass.number16(2), verifier: filePass.number16(4))
    case 1: return BIFFCipher.forDefaultPassword(filePass)
    default: return nil
    }
  }
}

/// RC4 as BIFF8 uses it ([MS-OFFCRYPTO] 2.3.6): the stream is one long text of which the heads of records
/// are passed over, with a key of its own for every 1024 bytes.
final class BIFFCipher: RecordCipher {
  /// Makes the key of a block.
  private let key: (UInt32) -> [UInt8]
  private var block: UInt32?
  private var state = RC4([0])
  /// The next place in the stream that `state` gives a byte for.
  private var next = 0

  private init(_ key: @escaping (UInt32) -> [UInt8]) { self.key = key }

  /// Nil where another password is needed, or the way of encrypting is not known.
  fileprivate static func forDefaultPassword(_ filePass: [UInt8]) -> BIFFCipher? {
    guard let major = filePass.number16(2),
      let minor = filePass.number16(4)
    else { return nil }
    if major == 1, minor == 1 { return plain(filePass) }
    if (2...4).contains(major), minor == 2 { return withCryptoAPI(Array(filePass[6...])) }
    return nil
  }

  private static func plain(_ filePass: [UInt8]) -> BIFFCipher? {
    guard filePass.count >= 54 else { return nil }
    let salt = Array(filePass[6..<22])
    let first = Array(Hash.md5(DefaultPassword.bytes)[..<5])
    let base = Array(
      Hash.md5((0..<16).reduce(into: []) { bytes, _ in bytes += first + salt })[..<5])
    let cipher = BIFFCipher { block in Hash.md5(base + littleEndian(block)) }
    let verifier = cipher.opened(Array(filePass[22..<54]))
    return Hash.md5(Array(verifier[..<16])) == Array(verifier[16...]) ? cipher : nil
  }

  private static func withCryptoAPI(_ info: [UInt8]) -> BIFFCipher? {
    guard let headerSize = info.number32(4), headerSize >= 32, headerSize < 4096,
      let algorithm = info.number32(8 + 8), algorithm == 0x6801, var bits = info.number32(8 + 16)
    else { return nil }
    if bits == 0 { bits = 40 }
    let at = 8 + headerSize
    guard bits % 8 == 0, (40...128).contains(bits), info.number32(at) == 16,
      info.count >= at + 4 + 16 + 16 + 4 + 20
    else { return nil }
    let base = Hash.sha1(Array(info[(at + 4)..<(at + 20)]) + DefaultPassword.bytes)
    let cipher = BIFFCipher { block in
      let key = Array(Hash.sha1(base + littleEndian(block))[..<(bits / 8)])
      // Keys of 40 bits are filled up with zeros.
      return bits == 40 ? key + [UInt8](repeating: 0, count: 11) : key
    }
    let verifier = Array(info[(at + 20)..<(at + 36)])
    let opened = cipher.opened(verifier + Array(info[(at + 40)..<(at + 60)]))
    return Hash.sha1(Array(opened[..<16])) == Array(opened[16...]) ? cipher : nil
  }

  private func opened(_ bytes: [UInt8]) -> [UInt8] {
    var cipher = RC4(key(0))
    return bytes.map { $0 ^ cipher.next() }
  }

  func decrypt(_ data: UnsafeMutableBufferPointer<UInt8>, id: Int, at offset: Int) {
    for at in BIFF.encrypted(data.indices, id) {
      go(to: offset + at)
      data[at] ^= state.next()
      next += 1
    }
  }

  private func go(to place: Int) {
    let wanted = UInt32(truncatingIfNeeded: place / 1024)
    if block != wanted || place < next {
      state = RC4(key(wanted))
      block = wanted
      next = place / 1024 * 1024
    }
    while next < place {
      _ = state.next()
      next += 1
    }
  }
}

func littleEndian(_ value: UInt32) -> [UInt8] {
  (0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
}

/// The stream cipher.
struct RC4 {
  private var box = (0...255).map { UInt8($0) }
  private var i: UInt8 = 0
  private var j: UInt8 = 0

  /// - Parameter key: 1 to 256 bytes.
  init(_ key: [UInt8]) {
    var j: UInt8 = 0
    for i in 0..<256 {
      j = j &+ box[i] &+ key[i % key.count]
      box.swapAt(i, Int(j))
    }
  }

  mutating func next() -> UInt8 {
    i = i &+ 1
    j = j &+ box[Int(i)]
    box.swapAt(Int(i), Int(j))
    return box[Int(box[Int(i)] &+ box[Int(j)])]
  }
}
