public import Records

/// The largest and the smallest of a column's numbers, where a single row has it: what many share stands
/// out from nothing.
public struct Extremes: Sendable, Hashable {
  public enum Mark: Sendable, Hashable { case highest, lowest }

  public let lowest: Double?
  public let highest: Double?

  /// Which of both a number is; nil of any other.
  public func mark(_ value: Double) -> Mark? {
    value == highest ? .highest : value == lowest ? .lowest : nil
  }
}

extension Extremes.Mark {
  public func word(_ language: Language) -> String {
    switch (self, language) {
    case (.highest, .chinese): return "最高"
    case (.lowest, .chinese): return "最低"
    case (.highest, .english): return "high"
    case (.lowest, .english): return "low"
    }
  }
}

extension Table {
  /// Of a column that marks its extremes; nil of others, and where all numbers are the same.
  public func extremes(ofColumn column: Int) -> Extremes? {
    guard columns[column].marksExtremes else { return nil }
    let values = rows.compactMap { $0[column].value }
    guard let lowest = values.min(), let highest = values.max(), lowest < highest else {
      return nil
    }
    func single(_ value: Double) -> Double? { values.count { $0 == value } == 1 ? value : nil }
    return Extremes(lowest: single(lowest), highest: single(highest))
  }

  /// The largest number in the shaded columns; 0 where there is none above it.
  public var deepestShade: Double {
    guard let shaded else { return 0 }
    return rows.lazy.flatMap { $0[shaded] }.compactMap(\.value).max().map { max(0, $0) } ?? 0
  }
}
