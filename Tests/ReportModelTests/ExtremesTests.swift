import Testing

@testable import ReportModel

@Suite("Marks of the largest and the smallest number")
struct ExtremesTests {
  private func marks(_ values: [Int64]) -> [Extremes.Mark?] {
    let table = Table(
      id: "t", title: "月", columns: [Column("数", kind: .count, marksExtremes: true)],
      rows: values.map { [.integer($0)] })
    let extremes = table.extremes(ofColumn: 0)
    return values.map { extremes?.mark(Double($0)) }
  }

  @Test("A number that one row alone has is marked, one that several share is not")
  func single() {
    #expect(marks([3, 9, 5]) == [.lowest, .highest, nil])
    #expect(marks([0, 0, 9, 5]) == [nil, nil, .highest, nil])
    #expect(marks([7, 7, 7]) == [nil, nil, nil])
    #expect(marks([0, 4, 0, 4]) == [nil, nil, nil, nil])
  }
}
