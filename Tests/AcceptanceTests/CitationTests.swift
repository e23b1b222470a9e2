import Foundation
import Testing

/// Each sentence that names cells is looked up in the workbook: the number in the cell is in the sentence.
@Suite("Citations")
struct CitationTests {
  private static let workspace = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "datasets/shiyan-2023").path

  @Test("What `--cite` names is where it says", arguments: ["office", "accessible"])
  func citations(profile: String) throws {
    let folder = try PrivateFolder()
    let run = try ProgramRun(
      [
        "report", Self.workspace, "--period", "2023H1", "--output", "out", "--cite", "--profile",
        profile,
      ], in: folder.url)
    #expect(run.exitCode == 0, "\(run.errors)")
    let issued = folder.url.appending(path: "out/shiyan-2023/2023H1")
    let cells = try CellReader(issued.appending(path: "half-year.xlsx"))
    let text = try String(contentsOf: issued.appending(path: "summary.zh.txt"), encoding: .utf8)
    var looked = 0
    for match in text.matches(of: /([^。〔〕\n]*)。?〔([^〕]*)〕/) {
      let sentence = String(match.output.1)
      for part in match.output.2.split(separator: "；") where !part.hasPrefix("statistics.csv") {
        let pieces = part.split(separator: "!")
        try #require(pieces.count == 2, "\(part)")
        for cell in pieces[1].split(separator: "、") {
          let value = try #require(cells[String(pieces[0]), String(cell)], "\(part)")
          let shown = Self.spellings(value)
          #expect(
            shown.contains { sentence.contains($0) },
            "\(sentence): \(pieces[0])!\(cell) is \(value)")
          looked += 1
        }
      }
    }
    #expect(looked > 100)
  }

  /// How a sentence may write a number: as a count, a rate, a number of one place, or a change.
  private static func spellings(_ value: Double) -> [String] {
    let size = abs(value)
    func grouped(_ number: Double, _ places: Int) -> String {
      let text = String(format: "%.\(places)f", number + 1e-9)
      let parts = text.split(separator: ".")
      var whole = ""
      for (index, digit) in parts[0].reversed().enumerated() {
        if index > 0, index % 3 == 0 { whole = "," + whole }
        whole = String(digit) + whole
      }
      return parts.count > 1 ? whole + "." + parts[1] : whole
    }
    return [
      grouped(size, 0) + " ", grouped(size, 1), grouped(size * 100, 1),
      size == 0 ? "持平" : grouped(size, 0) + " ",
    ]
  }
}

/// The numbers in the cells of a workbook, by sheet and cell.
struct CellReader {
  private var cells: [String: [String: Double]] = [:]

  init(_ file: URL) throws {
    let parts = try WorkbookParts(file)
    let book = try parts.text("xl/workbook.xml")
    let names = book.matches(of: /<sheet name="([^"]*)"/).map { String($0.output.1) }
    for (index, name) in names.enumerated() {
      let sheet = try parts.text("xl/worksheets/sheet\(index + 1).xml")
      for match in sheet.matches(
        of: /<c r="([A-Z]+[0-9]+)"(?: s="[0-9]+")?>(?:<f>[^<]*<\/f>)?<v>([^<]*)<\/v>/)
      {
        cells[name, default: [:]][String(match.output.1)] = Double(match.output.2)
      }
    }
  }

  subscript(sheet: String, cell: String) -> Double? { cells[sheet]?[cell] }
}
