import Records
import Testing

@Suite("Days and periods")
struct PeriodTests {
  @Test("Every day of 1900 to 2999 converts there and back, and follows the one before")
  func days() throws {
    var number = Day.earliest.number
    for year in 1900...2999 {
      for month in 1...12 {
        for day in 1...Day.length(ofMonth: month, year: year) {
          let made = try #require(Day(year: year, month: month, day: day))
          #expect(made.number == number)
          #expect(made.components == (year, month, day))
          number += 1
        }
      }
    }
    #expect(Day.latest.number == number - 1)
  }

  @Test(
    "Days that are none", arguments: [(2023, 2, 29), (1899, 1, 1), (3000, 1, 1), (2023, 13, 1)])
  func noDays(year: Int, month: Int, day: Int) {
    #expect(Day(year: year, month: month, day: day) == nil)
  }

  @Test(
    "Periods, what precedes them and the same a year before",
    arguments: [
      ("2023H1", "2023-01-01", "2023-06-30", "2022H2", "2022H1"),
      ("2023H2", "2023-07-01", "2023-12-31", "2023H1", "2022H2"),
      ("2023Q1", "2023-01-01", "2023-03-31", "2022Q4", "2022Q1"),
      ("2024-02", "2024-02-01", "2024-02-29", "2024-01", "2023-02"),
      ("2023", "2023-01-01", "2023-12-31", "2022", "2022"),
      (
        "2021-09-01..2021-12-31", "2021-09-01", "2021-12-31", "2021-05-01..2021-08-31",
        "2020-09-01..2020-12-31"
      ),
      (
        "2024-02-10..2024-02-29", "2024-02-10", "2024-02-29", "2024-01-21..2024-02-09",
        "2023-02-10..2023-02-28"
      ),
    ])
  func periods(text: String, first: String, last: String, previous: String, year: String) throws {
    let period = try #require(Period(text))
    #expect("\(period)" == text)
    #expect("\(period.first)" == first && "\(period.last)" == last)
    #expect("\(period.previous)" == previous)
    #expect("\(period.sameLastYear)" == year)
  }

  @Test(
    "Months cover a period without gap or overlap",
    arguments: ["2023H1", "2022-12-15..2023-02-10", "2024-02"])
  func months(text: String) throws {
    let period = try #require(Period(text))
    let months = period.months
    #expect(months.first?.first == period.first && months.last?.last == period.last)
    for (left, right) in zip(months, months.dropFirst()) {
      #expect(right.first == left.last.adding(days: 1))
    }
  }

  @Test(
    "A running period is compared to the same day of the earlier one",
    arguments: [
      ("2023H1", "2023-05-15", "2022-07-01..2022-11-15", "2022-01-01..2022-05-15"),
      ("2023H1", "2023-04-30", "2022-07-01..2022-10-31", "2022-01-01..2022-04-30"),
      ("2024H1", "2024-02-29", "2023-07-01..2023-08-31", "2023-01-01..2023-02-28"),
      ("2023H1", "2023-05-31", "2022-07-01..2022-11-30", "2022-01-01..2022-05-31"),
      ("2023-02-10..2023-02-19", "2023-02-12", "2023-01-31..2023-02-02", "2022-02-10..2022-02-12"),
    ])
  func sameDay(text: String, day: String, previous: String, year: String) throws {
    let period = try #require(Period(text))
    let day = try #require(Day(day))
    #expect(period.sameDay(in: period.previous, as: day)?.description == previous)
    #expect(period.sameDay(in: period.sameLastYear, as: day)?.description == year)
    #expect(period.sameDay(in: period.previous, as: period.last) == nil)
  }

  @Test(
    "Texts that name no period",
    arguments: [
      "2023H3", "2023Q0", "2023-13", "23H1", "", "2023h1", "2023-02-30..2023-03-01",
      "2023-03-01..2023-02-01",
    ])
  func noPeriods(text: String) { #expect(Period(text) == nil) }
}
