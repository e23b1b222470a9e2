import Records
import ReportModel
import Testing

@Suite("Numbers as text")
struct NumberTextTests {
  static let halves: [(Int64, Int64, Int, String, String)] = [
    (1, 2, 0, "1", "0"), (3, 2, 0, "2", "2"), (5, 2, 0, "3", "2"), (-5, 2, 0, "-3", "-2"),
    (1, 8, 2, "0.13", "0.12"), (12_345, 1000, 2, "12.35", "12.34"), (-1, 2, 0, "-1", "0"),
    (2, 3, 3, "0.667", "0.667"), (1, 3, 0, "0", "0"), (999_999_5, 10, 0, "1,000,000", "1,000,000"),
    (5, -2, 0, "-3", "-2"), (0, -7, 1, "0.0", "0.0"),
    (Int64.min, -1, 0, "9,223,372,036,854,775,808", "9,223,372,036,854,775,808"),
  ]

  @Test("an exact quotient is rounded by the rule", arguments: halves)
  func quotient(_ row: (Int64, Int64, Int, String, String)) {
    #expect(
      NumberText.format(numerator: row.0, denominator: row.1, places: row.2, rule: .halfUp)
        == row.3)
    #expect(
      NumberText.format(numerator: row.0, denominator: row.1, places: row.2, rule: .halfEven)
        == row.4)
  }

  static let decimals: [(Double, Int, String, String)] = [
    (0.5, 0, "1", "0"), (1.5, 0, "2", "2"), (2.5, 0, "3", "2"), (0.125, 2, "0.13", "0.12"),
    (12.345, 2, "12.35", "12.34"), (1.005, 2, "1.01", "1.00"), (-12.345, 2, "-12.35", "-12.34"),
    (-0.04, 1, "0.0", "0.0"), (1e-300, 2, "0.00", "0.00"), (0.05, 1, "0.1", "0.0"),
    (0.06, 1, "0.1", "0.1"), (9.995, 2, "10.00", "10.00"), (9.985, 2, "9.99", "9.98"),
    (1e21, 1, "1,000,000,000,000,000,000,000.0", "1,000,000,000,000,000,000,000.0"),
    (1_234_567.891, 1, "1,234,567.9", "1,234,567.9"), (0, 2, "0.00", "0.00"),
    (999.95, 1, "1,000.0", "1,000.0"), (999_999.94, 1, "999,999.9", "999,999.9"),
    (0.499_999_99, 0, "0", "0"), (0.5 + 1e-9, 0, "1", "1"),
    (-1e9 - 0.4, 0, "-1,000,000,000", "-1,000,000,000"),
    (0.000_000_5, 6, "0.000001", "0.000000"), (7, 6, "7.000000", "7.000000"),
  ]

  @Test("a Double is rounded from its shortest decimal", arguments: decimals)
  func decimal(_ row: (Double, Int, String, String)) {
    #expect(NumberText(rule: .halfUp).decimal(row.0, places: row.1) == row.2)
    #expect(NumberText(rule: .halfEven).decimal(row.0, places: row.1) == row.3)
  }

  @Test("a rate rounds alike as a quotient and as a Double", arguments: RoundingRule.allCases)
  func sameEitherWay(rule: RoundingRule) {
    let numbers = NumberText(rule: rule)
    let differing = (Int64(1)...400).flatMap { denominator in
      (0...denominator).filter { numerator in
        let fraction = Double(numerator) / Double(denominator)
        return numbers.share(fraction, places: 1)
          != numbers.share(numerator, of: denominator, places: 1)
      }
    }
    #expect(differing.isEmpty)
  }

  @Test("signs, percentages and points")
  func kinds() {
    let numbers = NumberText()
    #expect(numbers.difference(1234) == "+1,234")
    #expect(numbers.difference(0) == "0")
    #expect(numbers.share(740, of: 763, places: 1) == "97.0%")
    #expect(numbers.change(from: 5222, to: 5863, places: 1) == "+12.3%")
    #expect(numbers.change(from: 0, to: 3, places: 1) == NumberText.undefined)
    #expect(numbers.points(-3.25, places: 1) == "-3.3")
    #expect(numbers.points(0.04, places: 1) == "0.0")
    #expect(numbers.decimal(.nan, places: 1) == NumberText.undefined)
    #expect(numbers.share(.infinity, places: 1) == NumberText.undefined)
  }

  @Test("a cell is written by the kind of its column")
  func cells() {
    let numbers = NumberText()
    #expect(numbers.text(.integer(5863), in: .count) == "5,863")
    #expect(numbers.text(.integer(5863), in: .text) == "5863")
    #expect(numbers.text(.number(0.9699), in: .share(places: 1)) == "97.0%")
    #expect(numbers.text(.integer(1), in: .share(places: 1)) == "100.0%")
    #expect(numbers.text(.integer(3), in: .points(places: 1)) == "+3.0")
    #expect(numbers.text(.blank("–"), in: .count) == "–")
  }
}
