import Foundation
import ReportModel
import Testing

@testable import Rendering

@Suite("Writing the statistics")
struct StatisticsWriterTests {
  /// Series whose figures are made from their place.
  private struct Source: SeriesSource {
    struct One {
      var scale: Int64 = 1
      var showsParts = false
      var members = 0
      var figures: [SeriesFigure]
    }
    var memberLists: [[String]]
    var all: [One]
    var seriesCount: Int { all.count }

    func series(_ index: Int) -> Series {
      Series(
        metric: "a.b", unit: "items", period: "2023H1", month: "", scope: "department",
        members: all[index].members, scale: all[index].scale, showsParts: all[index].showsParts)
    }

    func figures(of index: Int, members: Range<Int>) -> [SeriesFigure] {
      Array(all[index].figures[members])
    }
  }

  private func text(_ source: Source, jobs: Int = 1) throws -> String {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: file) }
    try StatisticsWriter(jobs: jobs).write(source, to: file.path)
    return try String(contentsOf: file, encoding: .utf8)
  }

  private func values(
    _ figures: [(Int64, Int64)], scale: Int64 = 1, showsParts: Bool = false
  ) throws -> [String] {
    let source = Source(
      memberLists: [figures.indices.map { "\($0)" }],
      all: [
        Source.One(
          scale: scale, showsParts: showsParts,
          figures: figures.map { SeriesFigure($0.0, over: $0.1) })
      ])
    return try text(source).split(separator: "\n").dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false).dropFirst(6).joined(separator: ",")
    }
  }

  @Test("Numbers of any length, with their sign; what has no base is empty")
  func numbers() throws {
    let numbers: [Int64] = [0, 9, 10, 99, 100, -1, -10, 1_234_567, .max, .min]
    #expect(try values(numbers.map { ($0, 1) }) == numbers.map { "\($0),," })
    #expect(try values([(3, 0)]) == [",,"])
  }

  @Test("Parts of ten to a power are exact, without zeros at their end")
  func decimals() throws {
    let millionths = try values(
      [(0, 1), (1, 1), (1_500_000, 1), (-250_000, 1), (12_000_000, 1), (10_000_010, 1)],
      scale: 1_000_000)
    #expect(millionths == ["0,,", "0.000001,,", "1.5,,", "-0.25,,", "12,,", "10.00001,,"])
    #expect(try values([(105, 1), (100, 1)], scale: 100) == ["1.05,,", "1,,"])
    #expect(try values([(5, 1), (4, 1)], scale: 2) == ["2.5,,", "2,,"])
  }

  @Test("A rate is the double that its parts give, in the shortest form that reads back as it")
  func quotients() throws {
    var random = SystemRandomNumberGenerator()
    let parts = (0..<3000).map { _ in
      (Int64.random(in: -5...2000, using: &random), Int64.random(in: 1...300, using: &random))
    }
    let written = try values(parts, showsParts: true)
    for (line, (numerator, denominator)) in zip(written, parts) {
      let cells = line.split(separator: ",")
      #expect(Double(cells[0]) == Double(numerator) / Double(denominator))
      #expect(!cells[0].hasSuffix(".0"))
      #expect(cells[1...] == ["\(numerator)", "\(denominator)"])
    }
  }

  @Test("Any number of threads and any length of a series give the same lines", arguments: [2, 5])
  func pieces(jobs: Int) throws {
    let long = (0..<9000).map { "科室\($0)" }
    let source = Source(
      memberLists: [long, ["", "a,b", "say \"x\"", String(repeating: "长", count: 40)], []],
      all: [
        Source.One(figures: (0..<9000).map { SeriesFigure(Int64($0), over: 1) }),
        Source.One(members: 1, figures: (0..<4).map { SeriesFigure($0, over: 1) }),
        Source.One(members: 2, figures: []),
      ])
    let lines = try text(source).split(separator: "\n").map(String.init)
    #expect(lines.count == 1 + 9000 + 4)
    #expect(lines[0] + "\n" == StatisticsWriter.header)
    for (number, member) in long.enumerated() {
      #expect(lines[number + 1] == "a.b,items,2023H1,,department,\(member),\(number),,")
    }
    #expect(lines[9002] == "a.b,items,2023H1,,department,\"a,b\",1,,")
    #expect(lines[9003] == "a.b,items,2023H1,,department,\"say \"\"x\"\"\",2,,")
    #expect(try text(source, jobs: jobs) == text(source))
    #expect(try text(Source(memberLists: [], all: [])) == StatisticsWriter.header)
  }
}
