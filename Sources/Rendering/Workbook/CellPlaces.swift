public import ReportModel

/// Where the tables of a report stand in its workbook.
public struct CellPlaces: Sendable {
  struct Place: Sendable {
    let sheet: String
    /// Rows and columns of the sheet are counted from 0.
    let firstRow: Int
    let rows: Int
    let totalRow: Int?
  }

  private var places: [String: Place] = [:]

  /// Notes a table; of one that runs over several sheets, what its first sheet holds.
  mutating func note(_ table: String, _ place: Place) {
    if places[table] == nil { places[table] = place }
  }

  /// A cell as people look it up, as `主要指标!D7`; nil where the workbook does not have it.
  public func name(of reference: CellReference) -> (sheet: String, cell: String)? {
    guard let place = places[reference.table], reference.column >= 0 else { return nil }
    switch reference.row {
    case .data(let row):
      guard (0..<place.rows).contains(row) else { return nil }
      return (place.sheet, CellRange.a1(place.firstRow + row, reference.column))
    case .total:
      return place.totalRow.map { (place.sheet, CellRange.a1($0, reference.column)) }
    }
  }
}
