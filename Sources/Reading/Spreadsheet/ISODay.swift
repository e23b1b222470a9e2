/// Days as ISO 8601 writes them, `2023-06-05T14:30:00.000Z`.
enum ISODay {
  /// The day; with its time, where that is not midnight, and seconds, where they are not zero.
  static func shortened(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var text = String(decoding: bytes, as: UTF8.self)
    if text.hasSuffix("Z") { text.removeLast() }
    if let point = text.lastIndex(of: "."), text[point...].dropFirst().allSatisfy({ $0 == "0" }) {
      text = String(text[..<point])
    }
    guard let mark = text.firstIndex(of: "T"), text.distance(from: text.startIndex, to: mark) == 10
    else { return Array(text.utf8) }
    let day = text[..<mark]
    var time = text[text.index(after: mark)...]
    if time.count == 8, time.hasSuffix(":00") { time = time.dropLast(3) }
    return Array((time == "00:00" ? String(day) : "\(day) \(time)").utf8)
  }
}
