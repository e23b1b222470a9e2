import Comparing

/// The departments with the largest figures above zero. Of equals all are named or none, as far as there is
/// room: no order between them can be told.
struct TopDepartments {
  let named: [(department: Int, figure: Figure)]
  /// Those with equal figures who come next, of whom only some would have had room.
  let tied: (count: Int, figure: Figure)?

  /// - Parameters:
  ///   - column: a figure for each department.
  ///   - count: how many are wanted; two more are named where that names all equals.
  /// - Returns: nil where no figure is above zero.
  init?(_ column: [Figure], count: Int) {
    guard let last = TopDepartments.last(of: count, in: column) else { return nil }
    let isNamed = column.count { $0.numerator >= last.numerator } <= count + 2
    named = column.indices.filter {
      column[$0].numerator > last.numerator || isNamed && column[$0].numerator == last.numerator
    }.sorted { (-column[$0].numerator, $0) < (-column[$1].numerator, $1) }
      .map { (department: $0, figure: column[$0]) }
    tied = isNamed ? nil : (column.count { $0.numerator == last.numerator }, last)
  }

  /// The least of the largest so many figures above zero: there may be tens of thousands to pass over.
  private static func last(of count: Int, in column: [Figure]) -> Figure? {
    var largest: [Figure] = []
    for figure in column where figure.numerator > 0 {
      if largest.count == count, let least = largest.last, figure.numerator <= least.numerator {
        continue
      }
      let place = largest.firstIndex { $0.numerator < figure.numerator } ?? largest.count
      largest.insert(figure, at: place)
      if largest.count > count { largest.removeLast() }
    }
    return largest.last
  }
}
