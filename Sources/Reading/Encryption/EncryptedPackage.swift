internal import CCrypto
internal import Records

/// An Office Open XML workbook that is encrypted and lies in a compound file ([MS-OFFCRYPTO] 2.3.4): opened
/// with Excel's default password, or not at all. Pieces are decrypted as they are read.
final class EncryptedPackage: ByteStore {
  /// What a package is decrypted with.
  fileprivate struct Method: Sendable {
    let key: [UInt8]
    /// Nil where each block of 16 bytes stands for itself.
    let vector: (@Sendable (UInt32) -> [UInt8])?
  }

  /// Pieces of so many bytes begin anew.
  private static let segment = 4096

  let count: Int
  private let stream: any ByteStore
  private let method: Method

  /// - Throws: `ReadingError.fault(.encrypted)` where another password is needed.
  init(_ compound: CompoundFile) throws(ReadingError) {
    guard let info = try compound.stream("EncryptionInfo"),
      let stream = try compound.stream("EncryptedPackage")
    else { throw .fault(.encrypted) }
    let bytes = try info.bytes(at: 0, count: min(info.count, 64 << 10))
    guard let method = try EncryptedPackage.method(bytes) else { throw .fault(.encrypted) }
    guard let size = try stream.bytes(at: 0, count: 8).number64(0) else {
      throw .fault(.badCompound)
    }
    self.method = method
    self.stream = stream
    count = min(size, stream.count - 8)
  }

  private static func method(_ info: [UInt8]) throws(ReadingError) -> Method? {
    guard let major = info.number16(0), let minor = info.number16(2) else { return nil }
    if major == 4, minor == 4 { return try AgileEncryption(Array(info.dropFirst(8)))?.method() }
    if (2...4).contains(major), minor == 2 { return StandardEncryption.method(info) }
    return nil
  }

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ReadingError) -> Int
  {
    var done = 0
    let wanted = min(buffer.count, count - offset)
    while done < wanted {
      let (index, within) = (offset + done).quotientAndRemainder(
        dividingBy: EncryptedPackage.segment)
      let start = 8 + index * EncryptedPackage.segment
      let length = min(EncryptedPackage.segment, stream.count - start) / 16 * 16
      guard length > within else { break }
      let clear = AES.decrypt(
        try stream.bytes(at: start, count: length), key: method.key,
        vector: method.vector?(UInt32(truncatingIfNeeded: index)))
      let step = min(length - within, wanted - done)
      UnsafeMutableRawBufferPointer(rebasing: buffer[done..<(done + step)])
        .copyBytes(from: clear[within..<(within + step)])
      done += step
    }
    return done
  }
}

/// The block cipher.
enum AES {
  /// - Parameters:
  ///   - bytes: whole blocks of 16; what is left over is dropped.
  ///   - key: 16, 24 or 32 bytes.
  ///   - vector: what the first block is chained to; nil where blocks are not chained.
  static func decrypt(_ bytes: [UInt8], key: [UInt8], vector: [UInt8]?) -> [UInt8] {
    let bytes = Array(bytes.prefix(bytes.count / 16 * 16))
    guard !bytes.isEmpty else { return [] }
    var schedule = AES_KEY()
    guard AES_set_decrypt_key(key, Int32(key.count * 8), &schedule) == 0 else { return bytes }
    var clear = [UInt8](repeating: 0, count: bytes.count)
    if var vector {
      AES_cbc_encrypt(bytes, &clear, bytes.count, &schedule, &vector, 0)
      return clear
    }
    bytes.withUnsafeBufferPointer { from in
      clear.withUnsafeMutableBufferPointer { to in
        for at in stride(from: 0, to: from.count - 15, by: 16) {
          AES_ecb_encrypt(from.baseAddress! + at, to.baseAddress! + at, &schedule, 0)
        }
      }
    }
    return clear
  }
}

/// The way of Office 2007 ([MS-OFFCRYPTO] 2.3.4.5 to 2.3.4.9).
private enum StandardEncryption {
  static func method(_ info: [UInt8]) -> EncryptedPackage.Method? {
    guard let headerSize = info.number32(8), headerSize >= 32, headerSize < 4096,
      let bits = info.number32(12 + 16), [128, 192, 256].contains(bits)
    else { return nil }
    let at = 12 + headerSize
    guard info.number32(at) == 16, info.count >= at + 72 else { return nil }
    var hash = Hash.sha1(Array(info[(at + 4)..<(at + 20)]) + DefaultPassword.bytes)
    for turn in 0..<50_000 { hash = Hash.sha1(littleEndian(UInt32(turn)) + hash) }
    hash = Hash.sha1(hash + littleEndian(0))
    let key = Array((half(hash, 0x36) + half(hash, 0x5C))[..<(bits / 8)])
    let verifier = AES.decrypt(Array(info[(at + 20)..<(at + 36)]), key: key, vector: nil)
    let expected = AES.decrypt(Array(info[(at + 40)..<(at + 72)]), key: key, vector: nil)
    guard Hash.sha1(verifier) == Array(expected.prefix(20)) else { return nil }
    return EncryptedPackage.Method(key: key, vector: nil)
  }

  private static func half(_ hash: [UInt8], _ filling: UInt8) -> [UInt8] {
    Hash.sha1((0..<64).map { $0 < hash.count ? hash[$0] ^ filling : filling })
  }
}

/// The way of Office 2010 and later ([MS-OFFCRYPTO] 2.3.4.10 to 2.3.4.15).
private struct AgileEncryption {
  /// The most turns that a password is put through; Office takes 100,000.
  private static let mostTurns = 1_000_000

  private struct Parameters {
    var salt: [UInt8] = []
    var keyBytes = 0
    var blockSize = 16
    var hash: (([UInt8]) -> [UInt8])?
    var isAES = false
  }

  private var data = Parameters()
  private var password = Parameters()
  private var turns = 0
  private var verifierInput: [UInt8] = []
  private var verifierValue: [UInt8] = []
  private var encryptedKey: [UInt8] = []

  /// - Parameter markup: the XML that describes the encryption; nil where it lacks something.
  init?(_ markup: [UInt8]) throws(ReadingError) {
    // Whoever has filled the stream up with zeros means what stands before.
    let end = markup.lastIndex { $0 != 0 } ?? -1
    let scanner = try XMLScanner(StoreStream(MemoryBytes(Array(markup[...end]))))
    while true {
      let event = try scanner.next()
      if event == .done { break }
      guard event == .start else { continue }
      if scanner.isNamed("keyData") { data = AgileEncryption.parameters(scanner) }
      if scanner.isNamed("encryptedKey") {
        password = AgileEncryption.parameters(scanner)
        turns = scanner.attributeNumber("spinCount") ?? 0
        verifierInput = AgileEncryption.bytes(scanner, "encryptedVerifierHashInput")
        verifierValue = AgileEncryption.bytes(scanner, "encryptedVerifierHashValue")
        encryptedKey = AgileEncryption.bytes(scanner, "encryptedKeyValue")
      }
    }
    guard data.isAES, password.isAES, data.blockSize == 16, password.blockSize == 16,
      (0...AgileEncryption.mostTurns).contains(turns), !verifierInput.isEmpty,
      !verifierValue.isEmpty, encryptedKey.count >= data.keyBytes
    else { return nil }
  }

  /// The key of the package, where the default password opens it.
  func method() -> EncryptedPackage.Method? {
    guard let digest = password.hash, let dataDigest = data.hash else { return nil }
    var hash = digest(password.salt + DefaultPassword.bytes)
    for turn in 0..<turns { hash = digest(littleEndian(UInt32(turn)) + hash) }
    func open(_ bytes: [UInt8], _ purpose: [UInt8]) -> [UInt8] {
      let key = AgileEncryption.fit(digest(hash + purpose), password.keyBytes)
      return AES.decrypt(bytes, key: key, vector: AgileEncryption.fit(password.salt, 16))
    }
    let input = open(verifierInput, [0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79])
    let value = open(verifierValue, [0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E])
    let expected = digest(Array(input.prefix(password.salt.count)))
    guard value.starts(with: expected) else { return nil }
    let key = open(encryptedKey, [0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6])
    guard key.count >= data.keyBytes else { return nil }
    let salt = data.salt
    // The digest is one of four functions without state.
    nonisolated(unsafe) let vectorDigest = dataDigest
    return EncryptedPackage.Method(key: Array(key[..<data.keyBytes])) { segment in
      AgileEncryption.fit(vectorDigest(salt + littleEndian(segment)), 16)
    }
  }

  private static func parameters(_ scanner: XMLScanner) -> Parameters {
    var parameters = Parameters()
    parameters.salt = bytes(scanner, "saltValue")
    parameters.keyBytes = (scanner.attributeNumber("keyBits") ?? 0) / 8
    parameters.blockSize = scanner.attributeNumber("blockSize") ?? 0
    parameters.isAES =
      scanner.attributeText("cipherAlgorithm") == "AES"
      && scanner.attributeText("cipherChaining") == "ChainingModeCBC"
      && [16, 24, 32].contains(parameters.keyBytes)
    switch scanner.attributeText("hashAlgorithm") {
    case "SHA1", "SHA-1": parameters.hash = Hash.sha1
    case "SHA256", "SHA-256": parameters.hash = Hash.sha256
    case "SHA384", "SHA-384": parameters.hash = Hash.sha384
    case "SHA512", "SHA-512": parameters.hash = Hash.sha512
    default: parameters.hash = nil
    }
    return parameters
  }

  /// Cuts bytes to a length, or fills them up.
  private static func fit(_ bytes: [UInt8], _ count: Int) -> [UInt8] {
    Array(bytes.prefix(count)) + [UInt8](repeating: 0x36, count: max(0, count - bytes.count))
  }

  /// An attribute in base 64; whole blocks of 16 bytes of it, where it is long enough.
  private static func bytes(_ scanner: XMLScanner, _ name: StaticString) -> [UInt8] {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var bytes: [UInt8] = []
    var bits = 0
    var count = 0
    for byte in scanner.attribute(name) ?? UnsafeBufferPointer(start: nil, count: 0) {
      guard let value = digits.firstIndex(of: byte) else { continue }
      bits = (bits << 6 | value) & 0xFFFF
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> count))
      }
    }
    return bytes
  }
}
