internal import CCrypto

/// Digests of bytes in memory, for keys of encrypted workbooks.
enum Hash {
  static func md5(_ bytes: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: Int(MD5_DIGEST_LENGTH))
    var context = MD5_CTX()
    MD5_Init(&context)
    MD5_Update(&context, bytes, bytes.count)
    MD5_Final(&digest, &context)
    return digest
  }

  static func sha1(_ bytes: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: Int(SHA_DIGEST_LENGTH))
    var context = SHA_CTX()
    SHA1_Init(&context)
    SHA1_Update(&context, bytes, bytes.count)
    SHA1_Final(&digest, &context)
    return digest
  }

  static func sha256(_ bytes: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
    var context = SHA256_CTX()
    SHA256_Init(&context)
    SHA256_Update(&context, bytes, bytes.count)
    SHA256_Final(&digest, &context)
    return digest
  }

  static func sha384(_ bytes: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: Int(SHA384_DIGEST_LENGTH))
    var context = SHA512_CTX()
    SHA384_Init(&context)
    SHA384_Update(&context, bytes, bytes.count)
    SHA384_Final(&digest, &context)
    return digest
  }

  static func sha512(_ bytes: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: Int(SHA512_DIGEST_LENGTH))
    var context = SHA512_CTX()
    SHA512_Init(&context)
    SHA512_Update(&context, bytes, bytes.count)
    SHA512_Final(&digest, &context)
    return digest
  }
}
