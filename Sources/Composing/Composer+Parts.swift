import Comparing
import ReportModel
import Statistics

/// Parts of a whole, shown so that they add up to 100.0 %.
extension Composer {
  /// The parts that the counts are of their sum.
  ///
  /// Where each, rounded for itself, adds up to the whole, they are exact; else they are rounded by the
  /// largest remainders (`Shares.rounded`), and hold what is shown.
  func parts(of counts: [Int64]) -> (cells: [Cell], isExact: Bool) {
    let whole = counts.reduce(0, +)
    let units = Shares.rounded(counts, units: Composer.wholeUnits)
    let isExact = counts.indices.allSatisfy {
      words.numbers.share(counts[$0], of: whole, places: Wording.places)
        == words.numbers.share(units[$0], of: Composer.wholeUnits, places: Wording.places)
    }
    guard whole > 0, !isExact else { return (counts.map { cell(part: $0, of: whole) }, true) }
    return (units.map { .number(Double($0) / Double(Composer.wholeUnits)) }, false)
  }

  /// A whole in the smallest part that is shown: 100.0 %.
  private static let wholeUnits: Int64 = 1000

  var partsNote: String {
    words(
      "占比各项之和为 100.0%：逐项修约之和不足或超过时，按最大余数法分配。",
      "Shares of a whole add up to 100.0 %: where each rounded for itself would not, the last tenths "
        + "go to the largest remainders.")
  }
}
