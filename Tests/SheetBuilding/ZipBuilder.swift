internal import CZlib

/// Puts a zip archive together byte by byte, right or wrong on purpose.
struct ZipBuilder {
  struct Part {
    var name: String
    var content: [UInt8]
    var isDeflated = true
    /// What the directory says; nil for the truth.
    var checksum: UInt32?
    var flags: UInt16 = 0
  }

  var parts: [Part] = []
  var comment: [UInt8] = []

  mutating func add(_ name: String, _ text: String, isDeflated: Bool = true) {
    parts.append(Part(name: name, content: Array(text.utf8), isDeflated: isDeflated))
  }

  var bytes: [UInt8] {
    var file: [UInt8] = []
    var directory: [UInt8] = []
    for part in parts {
      let packed = part.isDeflated ? ZipBuilder.deflated(part.content) : part.content
      let checksum = part.checksum ?? ZipBuilder.checksum(part.content)
      let shared =
        number(20, 2) + number(Int(part.flags), 2) + number(part.isDeflated ? 8 : 0, 2)
        + number(0, 4) + number(Int(checksum), 4) + number(packed.count, 4)
        + number(part.content.count, 4) + number(part.name.utf8.count, 2) + number(0, 2)
      directory +=
        number(0x0201_4B50, 4) + number(20, 2) + shared + number(0, 2) + number(0, 2)
        + number(0, 2) + number(0, 4) + number(file.count, 4) + Array(part.name.utf8)
      file += number(0x0403_4B50, 4) + shared + Array(part.name.utf8) + packed
    }
    let end =
      number(0x0605_4B50, 4) + number(0, 4) + number(parts.count, 2) + number(parts.count, 2)
      + number(directory.count, 4) + number(file.count, 4) + number(comment.count, 2) + comment
    return file + directory + end
  }

  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    UInt32(truncatingIfNeeded: crc32(0, bytes, UInt32(bytes.count)))
  }

  /// A raw deflate stream.
  static func deflated(_ bytes: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    deflateInit2_(
      &stream, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    defer { deflateEnd(&stream) }
    var input = bytes
    var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
    return input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(output.count)
        deflate(&stream, Z_FINISH)
        return Array(output[..<(output.count - Int(stream.avail_out))])
      }
    }
  }
}

/// A little-endian number of so many bytes.
func number(_ value: Int, _ count: Int) -> [UInt8] {
  (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
}
