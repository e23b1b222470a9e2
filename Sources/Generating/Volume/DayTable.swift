import Records

/// The texts of the days of a period, ten bytes each, made once.
struct DayTable {
  private let texts: [[UInt8]]

  init(_ period: Period) {
    texts = (0..<period.length).map { Array(period.first.adding(days: $0).description.utf8) }
  }

  var count: Int { texts.count }

  /// The text of the day `offset` days after the first, or of the last day where that lies beyond.
  subscript(offset: Int) -> [UInt8] { texts[min(offset, texts.count - 1)] }
}
