internal import CCrypto

/// The SHA-256 of bytes that are all there.
public enum SHA256 {
  /// In lower-case hexadecimal, 64 characters.
  public static func digest(of bytes: [UInt8]) -> String {
    var digest = Digest()
    bytes.withUnsafeBytes { digest.update($0) }
    return digest.finish()
  }
}

/// A running SHA-256 of a file's bytes, taken while they are read.
struct Digest {
  private var state = SHA256_CTX()

  init() { SHA256_Init(&state) }

  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    SHA256_Update(&state, bytes.baseAddress, bytes.count)
  }

  /// Takes in bytes of which somebody else digests the whole groups of 64, beside other work.
  ///
  /// - Parameter work: gets the eight words of the running digest, or nil where the bytes do not begin
  ///   with a group; returns whether it has taken in all whole groups.
  mutating func update(
    _ bytes: UnsafeRawBufferPointer, beside work: (UnsafeMutablePointer<UInt32>?) -> Bool
  ) {
    guard state.num == 0 else {
      _ = work(nil)
      return update(bytes)
    }
    let isTaken = withUnsafeMutableBytes(of: &state.h) {
      work($0.baseAddress?.assumingMemoryBound(to: UInt32.self))
    }
    let taken = isTaken ? bytes.count / 64 * 64 : 0
    let bits = (UInt64(state.Nh) << 32 | UInt64(state.Nl)) &+ UInt64(taken) &* 8
    state.Nl = UInt32(truncatingIfNeeded: bits)
    state.Nh = UInt32(truncatingIfNeeded: bits >> 32)
    update(UnsafeRawBufferPointer(rebasing: bytes[taken...]))
  }

  /// The digest in lower-case hexadecimal, 64 characters.
  mutating func finish() -> String {
    var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
    SHA256_Final(&digest, &state)
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
