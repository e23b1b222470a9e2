/// Bytes of a delimited text being put together, without a `String` for each cell.
struct LineBuffer: ~Copyable {
  private var base: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int) {
    self.capacity = capacity
    base = .allocate(capacity: capacity)
  }

  deinit { base.deallocate() }

  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

  mutating func removeAll() { count = 0 }

  mutating func reserve(_ more: Int) {
    guard count + more > capacity else { return }
    capacity = max(capacity * 2, count + more)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: base, count: count)
    base.deallocate()
    base = larger
  }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    reserve(1)
    base[count] = byte
    count += 1
  }

  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let start = bytes.baseAddress else { return }
    reserve(bytes.count)
    (base + count).update(from: start, count: bytes.count)
    count += bytes.count
  }

  mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { append($0) }
  }

  /// A cell, quoted where RFC 4180 asks for it.
  mutating func appendCell(_ text: String) {
    guard text.utf8.contains(where: { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }) else {
      return append(text)
    }
    append(0x22)
    for byte in text.utf8 {
      if byte == 0x22 { append(0x22) }
      append(byte)
    }
    append(0x22)
  }

  mutating func appendNumber(_ number: Int64) {
    reserve(20)
    if number < 0 { append(0x2D) }
    appendDigits(number.magnitude, atLeast: 1)
  }

  /// A number of millionths (or other powers of ten) in the shortest decimal form.
  mutating func appendNumber(_ number: Int64, places: Int) {
    var magnitude = number.magnitude
    var places = places
    while places > 0, magnitude % 10 == 0 {
      magnitude /= 10
      places -= 1
    }
    if number < 0 { append(0x2D) }
    var unit: UInt64 = 1
    for _ in 0..<places { unit *= 10 }
    appendDigits(magnitude / unit, atLeast: 1)
    guard places > 0 else { return }
    append(0x2E)
    appendDigits(magnitude % unit, atLeast: places)
  }

  private mutating func appendDigits(_ number: UInt64, atLeast width: Int) {
    reserve(20)
    var length = 1
    var rest = number / 10
    while rest > 0 {
      length += 1
      rest /= 10
    }
    length = max(length, width)
    rest = number
    for at in stride(from: length - 1, through: 0, by: -1) {
      base[count + at] = 48 + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    count += length
  }
}
