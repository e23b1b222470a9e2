/// The obfuscation of Excel 5 and 95, which later versions offer, too ([MS-OFFCRYPTO] 2.3.7): each byte is
/// mixed with one of sixteen that are made from the password.
final class XORCipher: RecordCipher {
  /// What [MS-OFFCRYPTO] 2.3.7.1 and 2.3.7.2 make of the default password.
  private static let key = 0xB359
  private static let verifier = 0x9A0A

  private let mixers: [UInt8]

  /// Nil where the key or the verifier is not that of the default password.
  init?(key: Int?, verifier: Int?) {
    guard key == XORCipher.key, verifier == XORCipher.verifier else { return nil }
    // The password has 15 letters; the first byte that fills passwords up makes them 16.
    let letters = Array("VelvetSweatshop".utf8) + [0xBB]
    mixers = letters.enumerated().map { index, letter in
      let half = UInt8(truncatingIfNeeded: XORCipher.key >> (index % 2 * 8))
      return XORCipher.turned(letter ^ half, by: 2)
    }
  }

  func decrypt(_ data: UnsafeMutableBufferPointer<UInt8>, id: Int, at offset: Int) {
    let first = offset + data.count
    for at in BIFF.encrypted(data.indices, id) {
      data[at] = XORCipher.turned(data[at], by: 3) ^ mixers[(first + at) & 15]
    }
  }

  /// Turns the bits of a byte to the left.
  private static func turned(_ byte: UInt8, by bits: UInt8) -> UInt8 {
    byte << bits | byte >> (8 - bits)
  }
}
