internal import CScan
internal import Glibc
internal import Records

/// The encodings of text files.
enum TextEncoding: String {
  case utf8 = "UTF-8"
  case utf16LittleEndian = "UTF-16LE"
  case utf16BigEndian = "UTF-16BE"
  case gb18030 = "GB18030"
  case windows1252 = "WINDOWS-1252"

  /// Told from the first bytes: a byte order mark decides, then zeros in every second place, then what
  /// is strictly UTF-8 is UTF-8, and all else is GB18030 (which holds GBK and GB 2312), unless it is
  /// plainly a Western text.
  ///
  /// - Parameter bytes: the beginning of a file, which may end within a character.
  init(sniffing bytes: UnsafeBufferPointer<UInt8>) {
    if bytes.starts(with: [0xFF, 0xFE]) {
      self = .utf16LittleEndian
    } else if bytes.starts(with: [0xFE, 0xFF]) {
      self = .utf16BigEndian
    } else if let order = TextEncoding.unmarkedUTF16(bytes) {
      self = order
    } else if isUTF8(bytes, mayBeCut: true) {
      self = .utf8
    } else {
      self = TextEncoding.isWestern(bytes) ? .windows1252 : .gb18030
    }
  }

  /// Text without a mark has line breaks, separators and digits, whose other byte is zero; text in any
  /// other encoding has no zero at all.
  private static func unmarkedUTF16(_ bytes: UnsafeBufferPointer<UInt8>) -> TextEncoding? {
    let sample = bytes.prefix(4096)
    var zeros = (even: 0, odd: 0)
    for (at, byte) in sample.enumerated() where byte == 0 {
      if at % 2 == 0 { zeros.even += 1 } else { zeros.odd += 1 }
    }
    guard (zeros.even + zeros.odd) * 20 >= sample.count, sample.count >= 4 else { return nil }
    guard zeros.even == 0 || zeros.odd == 0 else { return nil }
    let isLittle = zeros.even == 0
    return breaksLines(sample, isLittle: isLittle)
      ? isLittle ? .utf16LittleEndian : .utf16BigEndian : nil
  }

  /// Whether units of 16 bits are line breaks, if anything is. Some databases write a zero for an empty cell:
  /// in such a text only single bytes are.
  private static func breaksLines(
    _ sample: Slice<UnsafeBufferPointer<UInt8>>, isLittle: Bool
  ) -> Bool {
    let breaks: [UInt8] = [0x0A, 0x0D]
    let place = sample.startIndex + (isLittle ? 0 : 1)
    let isBroken = stride(from: place, to: sample.endIndex, by: 2).contains { at in
      let other = isLittle ? at + 1 : at - 1
      return breaks.contains(sample[at]) && other < sample.endIndex && sample[other] == 0
    }
    return isBroken || !sample.contains { breaks.contains($0) }
  }

  /// Characters of two bytes come in runs of even length, those of four bytes have digits at their second
  /// and fourth; accented letters stand alone among others. Where in doubt a text is Chinese.
  private static func isWestern(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var single = 0
    var longer = 0
    var unassigned = false
    var at = 0
    let end = min(bytes.count, 64 << 10)
    while at < end {
      if isFourByteCharacter(bytes, at) {
        longer += 1
        at += 4
        continue
      }
      var run = 0
      while at + run < end, bytes[at + run] >= 0x80 { run += 1 }
      if run == 1 {
        single += 1
        // GB 18030 has nothing there but places that everybody may use as he likes.
        if at + 1 < end, (0xA1...0xA7).contains(bytes[at]), bytes[at + 1] >= 0x40 {
          unassigned = true
        }
      } else if run > 1 {
        longer += 1
      }
      at += max(1, run)
    }
    return single >= (unassigned ? 1 : 2) && longer * 10 <= single
  }

  /// Whether a character of four bytes of GB 18030 begins at an offset.
  private static func isFourByteCharacter(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
    guard at + 4 <= bytes.count else { return false }
    let digits: ClosedRange<UInt8> = 0x30...0x39
    let leads: ClosedRange<UInt8> = 0x81...0xFE
    return leads.contains(bytes[at]) && digits.contains(bytes[at + 1])
      && leads.contains(bytes[at + 2]) && digits.contains(bytes[at + 3])
  }
}

/// Whether bytes are UTF-8 as of RFC 3629: shortest forms only, no surrogates.
///
/// - Parameter mayBeCut: the last character may lack its end.
/// - Complexity: O(n), 64 bytes at a time where they are ASCII.
func isUTF8(_ bytes: UnsafeBufferPointer<UInt8>, mayBeCut: Bool) -> Bool {
  guard let base = bytes.baseAddress else { return true }
  if !mayBeCut {
    let answer = scan_is_utf8(base, bytes.count)
    if answer >= 0 { return answer == 1 }
  }
  return isUTF8ByCharacters(bytes, mayBeCut: mayBeCut)
}

/// The same, character by character.
func isUTF8ByCharacters(_ bytes: UnsafeBufferPointer<UInt8>, mayBeCut: Bool) -> Bool {
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
  private let isGB: Bool
  private var raw: [UInt8] = []

  /// - Throws: `ReadingError.fault` where the system does not know the encoding.
  init(from encoding: TextEncoding) throws(ReadingError) {
    // The failure value of iconv_open is (iconv_t)-1.
    guard let converter = iconv_open("UTF-8", encoding.rawValue), Int(bitPattern: converter) != -1
    else { throw .fault(.unknownEncoding) }
    self.converter = converter
    isGB = encoding == .gb18030
  }

  deinit { iconv_close(converter) }

  /// Whether everything taken in has been given out.
  var isDrained: Bool { raw.isEmpty }

  func take(_ bytes: UnsafeBufferPointer<UInt8>) { raw.append(contentsOf: bytes) }

  /// Converts as much as fits; what is cut at the end waits for the next piece.
  ///
  /// - Parameter capacity: 8 at least, so that any character fits.
  /// - Returns: the number of bytes written, nil where the input is not in the encoding.
  func convert(into buffer: UnsafeMutablePointer<UInt8>, capacity: Int) -> Int? {
    var written = 0
    while true {
      let step = convertStep(into: buffer + written, capacity: capacity - written)
      written += step.written
      raw.removeFirst(raw.count - step.remaining)
      if step.isValid { return written }
      // Windows writes the euro as 0x80 into GBK, which GB 18030 has no character for.
      guard isGB, raw.first == 0x80 else { return nil }
      guard capacity - written >= 3 else { return written }
      for byte in "€".utf8 {
        buffer[written] = byte
        written += 1
      }
      raw.removeFirst()
    }
  }

  private func convertStep(
    into buffer: UnsafeMutablePointer<UInt8>, capacity: Int
  ) -> (written: Int, remaining: Int, isValid: Bool) {
    raw.withUnsafeMutableBytes { input in
      var from = input.baseAddress?.assumingMemoryBound(to: CChar.self)
      var fromLeft = input.count
      var to: UnsafeMutablePointer<CChar>? = UnsafeMutableRawPointer(buffer).assumingMemoryBound(
        to: CChar.self)
      var toLeft = capacity
      // The failure value is (size_t)-1; a full buffer and a cut character are no failures here.
      let failed = iconv(converter, &from, &fromLeft, &to, &toLeft) == -1
      return (capacity - toLeft, fromLeft, !failed || errno != EILSEQ)
    }
  }
}
