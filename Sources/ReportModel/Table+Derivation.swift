extension Table {
  /// Why a column's cells are not what its derivation says; nil where they are.
  ///
  /// Doubles agree where they do to twelve digits: sums of rounded numbers differ in the last ones.
  ///
  /// - Complexity: O(n) in the number of rows.
  public func objection(toDerivationOf column: Int) -> String? {
    let parts = columns[column].derivation.columns
    guard parts.allSatisfy({ columns.indices.contains($0) && $0 != column }) else {
      return "is made from a column that the table has not"
    }
    switch columns[column].derivation {
    case .given: return nil
    case .sum: return objection(toSum: column)
    case .distinct:
      guard let whole = total?[column].value else { return nil }
      return whole > sum(column) * (1 + Table.tolerance)
        ? "counts more in the total than its rows do" : nil
    case .quotient, .part, .change, .points:
      let lines = rows + (total.map { [$0] } ?? [])
      let bad = lines.first { cells in
        guard let value = cells[column].value else { return false }
        // Nothing that stays nothing has not changed, though there is nothing to divide by.
        return !Table.agree(derived(column, in: cells) ?? 0, value)
      }
      return bad == nil ? nil : "is not what its parts give"
    }
  }

  /// What a cell of a derived column is, made from the other cells of its row; nil where they give nothing.
  public func derived(_ column: Int, in cells: [Cell]) -> Double? {
    switch columns[column].derivation {
    case .given, .sum, .distinct: return nil
    case .quotient(let part, let base):
      guard let part = cells[part].value, let base = cells[base].value, base != 0 else {
        return nil
      }
      return part / base
    case .part(let of):
      guard let part = cells[of].value, let whole = total?[of].value, whole != 0 else { return nil }
      return part / whole
    case .change(let from, let to):
      guard let from = cells[from].value, let to = cells[to].value, from != 0 else { return nil }
      return (to - from) / from
    case .points(let from, let to):
      guard let from = cells[from].value, let to = cells[to].value else { return nil }
      return (to - from) * 100
    }
  }

  private func objection(toSum column: Int) -> String? {
    guard let whole = total?[column].value else { return nil }
    return Table.agree(sum(column), whole) ? nil : "the total is not the sum of the rows"
  }

  private func sum(_ column: Int) -> Double { rows.reduce(0) { $0 + ($1[column].value ?? 0) } }

  private static let tolerance = 1e-12

  /// Whether two numbers are the same but for the rounding of doubles.
  static func agree(_ left: Double, _ right: Double) -> Bool {
    (left - right).magnitude <= max(left.magnitude, right.magnitude, 1) * tolerance
  }
}

extension Column.Derivation {
  /// The columns that it is made from.
  public var columns: [Int] {
    switch self {
    case .given, .sum, .distinct: return []
    case .quotient(let part, let base): return [part, base]
    case .part(let of): return [of]
    case .change(let from, let to), .points(let from, let to): return [from, to]
    }
  }
}
