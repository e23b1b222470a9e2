/// Turns what the cells of a workbook store into text, with the workbook's styles and shared texts.
final class OOXMLValues {
  /// The types of cells (ECMA-376 part 1, 18.18.11).
  enum Kind {
    case number, shared, text, boolean, error, day

    init(_ type: UnsafeBufferPointer<UInt8>?) {
      guard let type, let first = type.first else {
        self = .number
        return
      }
      switch (first, type.count) {
      case (UInt8(ascii: "s"), 1): self = .shared
      case (UInt8(ascii: "s"), _), (UInt8(ascii: "i"), _): self = .text
      case (UInt8(ascii: "b"), _): self = .boolean
      case (UInt8(ascii: "e"), _): self = .error
      case (UInt8(ascii: "d"), _): self = .day
      default: self = .number
      }
    }
  }

  private let texts: SharedTexts
  private let styles: [SerialDay.Kind]
  private let numbers: NumberCells

  init(texts: SharedTexts, styles: [SerialDay.Kind], system: SerialDay.System) {
    self.texts = texts
    self.styles = styles
    numbers = NumberCells(system)
  }

  func put(
    _ column: Int, _ kind: Kind, _ style: Int, _ content: UnsafeBufferPointer<UInt8>,
    _ text: SheetText
  ) throws(ReadingError) {
    switch kind {
    case .number:
      let shown = style < styles.count ? styles[style] : .number
      if shown == .number, CellNumber.isShort(content) {
        return try text.putPlain(column, content)
      }
      // What is no number stands for itself: a cell is never lost.
      guard let value = CellNumber.parse(content) else { return try text.put(column, content) }
      try numbers.put(column, value, shown, text)
    case .shared:
      guard let index = CellNumber.parseCount(content) else { return }
      try texts.withText(index) { bytes throws(ReadingError) in try text.put(column, bytes) }
    case .boolean:
      let isTrue = content.elementsEqual([48 + 1]) || content.elementsEqual("true".utf8)
      try text.put(column, Array((isTrue ? "TRUE" : "FALSE").utf8))
    case .day: try text.put(column, ISODay.shortened(content))
    case .text, .error: try text.put(column, content)
    }
  }
}

/// Numbers and days of any workbook.
final class NumberCells {
  private let system: SerialDay.System
  private let room = UnsafeMutablePointer<UInt8>.allocate(capacity: CellNumber.room)

  init(_ system: SerialDay.System) { self.system = system }

  deinit { room.deallocate() }

  func put(
    _ column: Int, _ value: Double, _ kind: SerialDay.Kind, _ text: SheetText
  ) throws(ReadingError) {
    let day = kind == .number ? nil : SerialDay.write(value, system, kind, into: room)
    let length = day ?? CellNumber.write(value, into: room)
    try text.putPlain(column, UnsafeBufferPointer(start: room, count: length))
  }
}

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
