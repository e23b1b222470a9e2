internal import CScan
internal import Glibc

/// The encodings of text files, told from their first bytes: a byte order mark decides, then what is
/// strictly UTF-8 is UTF-8, and all else is GB18030 (which holds GBK and GB 2312).
enum TextEncoding: String {
  case utf8 = "UTF-8"
  case utf16LittleEndian = "UTF-16LE"
  case utf16BigEndian = "UTF-16BE"
  case gb18030 = "GB18030"

  /// - Parameter bytes: the beginning of a file, which may end within a character.
  init(sniffing bytes: UnsafeBufferPointer<UInt8>) {
    if bytes.starts(with: [0xFF, 0xFE]) {
      self = .utf16LittleEndian
    } else if bytes.starts(with: [0xFE, 0xFF]) {
      self = .utf16BigEndian
    } else {
      self = isUTF8(bytes, mayBeCut: true) ? .utf8 : .gb18030
    }
  }
}

/// Whether bytes are UTF-8 as of RFC 3629: shortest forms only, no surrogates.
///
/// - Parameter mayBeCut: the last character may lack its end.
/// - Complexity: O(n), 64 bytes at a time where they are ASCII.
func isUTF8(_ bytes: UnsafeBufferPointer<UInt8>, mayBeCut: Bool) -> Bool {
  guard let base = bytes.baseAddress else { return true }
  var at = 0
  while at < bytes.count {
    if bytes.count - at >= 64 {
      let ascii = scan_high64(base + at).trailingZeroBitCount
      at += ascii
      if ascii == 64 { continue }
    } else if base[at] < 0x80 {
      at += 1
      continue
    }
    // One byte is left out, so that reading four of them stays inside.
    let run = scan_three_byte_run(base + at, bytes.count - at - 1)
    if run > 0 {
      at += run
      continue
    }
    let length = utf8Length(bytes, at)
    guard length > 0 else { return length == 0 && mayBeCut }
    at += length
  }
  return true
}

/// The length of the character at an offset, 0 where it is cut, -1 where it is none.
private func utf8Length(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
  let lead = bytes[at]
  if lead < 0x80 { return 1 }
  guard lead >= 0xC2, lead <= 0xF4 else { return -1 }
  let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
  for offset in 1..<length {
    guard at + offset < bytes.count else { return 0 }
    let byte = bytes[at + offset]
    var range: ClosedRange<UInt8> = 0x80...0xBF
    if offset == 1 {
      if lead == 0xE0 { range = 0xA0...0xBF }
      if lead == 0xED { range = 0x80...0x9F }
      if lead == 0xF0 { range = 0x90...0xBF }
      if lead == 0xF4 { range = 0x80...0x8F }
    }
    guard range.contains(byte) else { return -1 }
  }
  return length
}

/// Converts a stream of bytes to UTF-8, piece by piece. Used under the lock of its reader only, which
/// is what makes sharing it safe.
final class Transcoder: @unchecked Sendable {
  private let converter: iconv_t
  private var raw: [UInt8] = []

  /// - Throws: `ReadingError.unsupported` where the system does not know the encoding.
  init(from encoding: TextEncoding) throws(ReadingError) {
    // The failure value of iconv_open is (iconv_t)-1.
    guard let converter = iconv_open("UTF-8", encoding.rawValue), Int(bitPattern: converter) != -1
    else { throw .unsupported(encoding.rawValue) }
    self.converter = converter
  }

  deinit { iconv_close(converter) }

  /// Whether everything taken in has been given out.
  var isDrained: Bool { raw.isEmpty }

  func take(_ bytes: UnsafeBufferPointer<UInt8>) { raw.append(contentsOf: bytes) }

  /// Converts as much as fits; what is cut at the end waits for the next piece.
  ///
  /// - Returns: the number of bytes written, nil where the input is not in the encoding.
  func convert(into buffer: UnsafeMutablePointer<UInt8>, capacity: Int) -> Int? {
    var written = 0
    var isValid = true
    raw.withUnsafeMutableBytes { input in
      var from = input.baseAddress?.assumingMemoryBound(to: CChar.self)
      var fromLeft = input.count
      var to: UnsafeMutablePointer<CChar>? = UnsafeMutableRawPointer(buffer).assumingMemoryBound(
        to: CChar.self)
      var toLeft = capacity
      // The failure value is (size_t)-1; a full buffer and a cut character are no failures here.
      if iconv(converter, &from, &fromLeft, &to, &toLeft) == -1 { isValid = errno != EILSEQ }
      written = capacity - toLeft
      remaining = fromLeft
    }
    raw.removeFirst(raw.count - remaining)
    return isValid ? written : nil
  }
  private var remaining = 0
}
