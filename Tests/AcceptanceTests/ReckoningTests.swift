import Foundation
import Testing

@Suite("The reckoning's own parts")
struct ReckoningTests {
  @Test("Records end at LF, CR and CRLF, and never inside quotes")
  func csv() {
    #expect(CSVText.records(of: "a,b\nc,\n") == [["a", "b"], ["c", ""]])
    #expect(CSVText.records(of: "a\r\n\r\nb") == [["a"], [""], ["b"]])
    #expect(CSVText.records(of: "a\rb\r") == [["a"], ["b"]])
    #expect(CSVText.records(of: "\"a\r\n\"\"b\"\",\",c") == [["a\r\n\"b\",", "c"]])
    #expect(CSVText.records(of: ",\n") == [["", ""]])
    #expect(CSVText.records(of: "").isEmpty)
  }

  @Test("Days count on over leap days and new years")
  func days() throws {
    var day = CalendarDay(1999, 12, 31)
    for _ in 0..<3000 {
      #expect(day.next.ordinal == day.ordinal + 1 && day.next.before == day)
      day = day.next
    }
    #expect(day == CalendarDay(2008, 3, 18))
    #expect(CalendarDay("2024-02-29")?.yearEarlier == CalendarDay(2023, 2, 28))
    #expect(CalendarDay(2024, 3, 1).ordinal - CalendarDay(2024, 2, 28).ordinal == 2)
    for text in ["2023-02-29", "2023-13-01", "2023-1-01", "2023-00-10", "", "soon"] {
      #expect(CalendarDay(text) == nil)
    }
  }

  @Test(
    "A period knows what it is compared with",
    arguments: [
      ["2023H1", "2022H2", "2022H1"], ["2023H2", "2023H1", "2022H2"],
      ["2023Q1", "2022Q4", "2022Q1"], ["2023Q4", "2023Q3", "2022Q4"],
      ["2023-01", "2022-12", "2022-01"], ["2024-02", "2024-01", "2023-02"],
      ["2023", "2022", "2022"],
      ["2021-09-01..2021-12-31", "2021-05-01..2021-08-31", "2020-09-01..2020-12-31"],
      ["2024-02-01..2024-02-29", "2024-01-01..2024-01-31", "2023-02-01..2023-02-28"],
      ["2022-12-15..2023-02-10", "2022-10-18..2022-12-14", "2021-12-15..2022-02-10"],
      ["2024-02-29..2024-02-29", "2024-02-28..2024-02-28", "2023-02-28..2023-02-28"],
    ])
  func periods(labels: [String]) throws {
    let span = try #require(Span(labels[0]))
    #expect([span.label, span.previous.label, span.sameLastYear.label] == labels)
    #expect(Span(span.previous.label) == span.previous)
    #expect(Span(span.sameLastYear.label) == span.sameLastYear)
  }

  @Test("Numbers are exact in millionths")
  func numbers() {
    #expect(RowReading.millionths(of: "1.5") == 1_500_000)
    #expect(RowReading.millionths(of: "-0.000001") == -1)
    #expect(RowReading.millionths(of: "12") == 12_000_000)
    for text in ["", "-", "1.", ".5", "1.2.3", "many", "0.0000001", "1e3"] {
      #expect(RowReading.millionths(of: text) == nil)
    }
  }

  @Test("Random workspaces repeat by their seed and hold what they should")
  func generator() throws {
    var seen: Set<String> = []
    var reported = 0
    for seed in 1...40 {
      #expect(RandomWorkspace(seed: seed).files == RandomWorkspace(seed: seed).files)
      let trial = try Trial(seed: seed)
      seen.formUnion(trial.reckoning.judgements.warnings.map(\.code))
      if !trial.reckoning.judgements.rejected.isEmpty { seen.insert("rejected") }
      if trial.reckoning.hasTooManyRejected { seen.insert("too many") } else { reported += 1 }
    }
    #expect(seen.isSuperset(of: Agreement.warningCodes.union(["rejected", "too many"])))
    #expect(reported > 30)
  }

  @Test("Departments add up to the hospital, and open items balance", arguments: 1...20)
  func balances(seed: Int) throws {
    let figures = try Trial(seed: seed).reckoning.figures()
    var sums: [FigureKey: Int] = [:]
    for (key, figure) in figures where key.scope == "department" {
      sums[key.ofHospital, default: 0] += figure.value?.numerator ?? 0
    }
    for (key, figure) in figures where key.scope == "hospital" && figure.numerator == nil {
      let name = key.metric.split(separator: ".")[1]
      if ["people", "days_to_close_median"].contains(name) { continue }
      #expect(sums[key, default: 0] == figure.value?.numerator, "\(key)")
    }
    for (key, figure) in figures where key.metric.hasSuffix(".open_at_end") {
      func count(_ name: String) -> Int {
        let metric = key.metric.replacingOccurrences(of: "open_at_end", with: name)
        let other = FigureKey(
          metric: metric, period: key.period, month: key.month, scope: key.scope,
          member: key.member)
        return figures[other]?.value?.numerator ?? 0
      }
      let expected = count("open_at_start") + count("raised") - count("closed")
      #expect(figure.value?.numerator == expected, "\(key)")
    }
  }
}

extension FigureKey {
  fileprivate var ofHospital: FigureKey {
    FigureKey(metric: metric, period: period, month: month, scope: "hospital", member: "")
  }
}
