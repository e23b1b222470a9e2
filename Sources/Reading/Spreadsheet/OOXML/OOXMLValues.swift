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
