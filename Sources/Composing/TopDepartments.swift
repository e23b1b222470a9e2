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
    let order = column.indices.filter { column[$0].numerator > 0 }.sorted {
      (-column[$0].numerator, $0) < (-column[$1].numerator, $1)
    }
    guard !order.isEmpty else { return nil }
    let figures = order.map { (department: $0, figure: column[$0]) }
    let last = figures[min(count, figures.count) - 1].figure
    let isNamed = figures.count { $0.figure.numerator >= last.numerator } <= count + 2
    named = figures.filter {
      $0.figure.numerator > last.numerator || isNamed && $0.figure.numerator == last.numerator
    }
    tied = isNamed ? nil : (figures.count { $0.figure.numerator == last.numerator }, last)
  }
}
