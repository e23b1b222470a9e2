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

  /// A number as text.
  func text(_ value: Double) -> [UInt8] {
    Array(UnsafeBufferPointer(start: room, count: CellNumber.write(value, into: room)))
  }
}
