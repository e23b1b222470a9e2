import Testing

@testable import Reading

@Suite("Telling UTF-8")
struct UTF8Tests {
  @Test("Any bytes are judged as the standard library judges them, wherever they stand")
  func agreement() {
    var random = Bytes(state: 7)
    var sound = 0
    for _ in 0..<20_000 {
      let bytes = random.text()
      let isSound = String(validating: bytes, as: UTF8.self) != nil
      bytes.withUnsafeBufferPointer { bytes in
        #expect(isUTF8(bytes, mayBeCut: false) == isSound)
        #expect(isUTF8ByCharacters(bytes, mayBeCut: false) == isSound)
      }
      sound += isSound ? 1 : 0
    }
    #expect((5_000...15_000).contains(sound))
  }

  private struct Bytes {
    var state: UInt64

    mutating func number(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(limit))
    }

    /// Up to some 100 bytes of characters of all lengths; of half the texts one byte is another one.
    mutating func text() -> [UInt8] {
      var text = String.UnicodeScalarView()
      for _ in 0..<number(40) {
        let values: [ClosedRange<UInt32>] = [
          0x20...0x7E, 0x80...0x7FF, 0x4E00...0x9FFF, 0xE000...0xFFFD, 0x10000...0x10FFFF,
        ]
        let range = values[number(values.count)]
        let value = range.lowerBound + UInt32(number(range.count))
        if let scalar = Unicode.Scalar(value) { text.append(scalar) }
      }
      var bytes = Array(String(text).utf8)
      guard !bytes.isEmpty, number(2) == 0 else { return bytes }
      let odd: [UInt8] = [0x80, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xE0, 0xED, 0xF0, 0xF4, 0xF5, 0xFF]
      bytes[number(bytes.count)] = odd[number(odd.count)]
      return bytes
    }
  }
}
