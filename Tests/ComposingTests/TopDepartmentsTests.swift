import Comparing
import Testing

@testable import Composing

@Suite("The departments with most")
struct TopDepartmentsTests {
  private func leading(_ values: [Int64]) -> TopDepartments? {
    TopDepartments(values.map { Figure($0) }, count: 3)
  }

  @Test("In the order of their figures; those without any are none")
  func order() throws {
    let top = try #require(leading([1, 0, 9, 5, 2]))
    #expect(top.named.map(\.department) == [2, 3, 4] && top.tied == nil)
    #expect(leading([0, 0]) == nil)
    #expect(try #require(leading([0, 4])).named.map(\.department) == [1])
  }

  @Test("Of equals all are named where there is room for them, else none")
  func equals() throws {
    let few = try #require(leading([9, 5, 5, 5, 5, 1]))
    #expect(few.named.map(\.department) == [0, 1, 2, 3, 4] && few.tied == nil)
    let many = try #require(leading([9, 5, 5, 5, 5, 5, 1]))
    #expect(many.named.map(\.department) == [0])
    #expect(many.tied?.count == 5 && many.tied?.figure == Figure(5))
    let all = try #require(leading([2, 2, 2, 2, 2, 2]))
    #expect(all.named.isEmpty && all.tied?.count == 6)
  }
}
