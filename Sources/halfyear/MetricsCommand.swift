import ArgumentParser
import Records
import Workspace

/// `halfyear metrics`: the catalogues of the documentation, generated from the declarations.
struct MetricsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "metrics", abstract: "List every metric with its definition in both languages.",
    discussion: "The output is Markdown.")

  /// What can be listed.
  enum Catalogue: String, EnumerableFlag {
    case metrics, findings, columns, wording

    static func help(for value: Catalogue) -> ArgumentHelp? {
      switch value {
      case .metrics: "List the metrics."
      case .findings: "List what can be wrong with the inputs, instead."
      case .columns: "List the columns of the input files, instead."
      case .wording: "List the phrases of the text that hospital.yaml can word, instead."
      }
    }
  }

  @Flag(exclusivity: .exclusive) var catalogue = Catalogue.metrics

  @Option(help: "Name the sources of this workspace, too.")
  var workspace: String?

  func run() throws {
    try refusing(Log(isQuiet: true)) { () throws(Refusal) in
      var sources = Source.standard
      if let workspace {
        sources = try openWorkspace(workspace, Log(isQuiet: true)).settings.sources
      }
      switch catalogue {
      case .metrics: Log.output(MetricsCatalogue.text(sources))
      case .findings: Log.output(FindingsCatalogue.text)
      case .columns: Log.output(ColumnsCatalogue.text(sources))
      case .wording: Log.output(WordingCatalogue.text)
      }
    }
  }
}

/// The catalogue of metrics: a table a family, under the names of the family's sources.
enum MetricsCatalogue {
  static func text(_ sources: [Source]) -> String {
    let names: (Family) -> String = { family in
      sources.filter { $0.family == family }.map { "`\($0.name)`" }.joined(separator: ", ")
    }
    return section("Activities: \(names(.activity))", "<source>", Metric.activity)
      + "\n" + section("Ledgers: \(names(.ledger))", "<source>", Metric.ledger)
      + "\n" + section("Staff", "staff", Metric.staff)
      + "\n" + section("Volunteers", "volunteers", Metric.volunteers)
  }

  private static func section(_ title: String, _ source: String, _ metrics: [Metric]) -> String {
    let rows = metrics.map {
      [
        "`\(source).\($0.name)`", $0.unit.rawValue, "\($0.title.english): \($0.definition.english)",
        "\($0.title.chinese)：\($0.definition.chinese)",
      ]
    }
    return "\(title)\n\n" + Markdown.table(["metric", "unit", "definition", "定义"], rows)
  }
}

/// The catalogue of phrases, with their standard wording.
enum WordingCatalogue {
  static var text: String {
    Markdown.table(
      ["phrase", "中文", "English"],
      Phrase.allCases.map { ["`\($0.rawValue)`", $0.standard.chinese, $0.standard.english] })
  }
}

enum Markdown {
  /// A table; a `|` within a cell is kept from ending it.
  static func table(_ heading: [String], _ rows: [[String]]) -> String {
    let lines = [heading, heading.map { _ in "---" }] + rows
    return lines.map { cells in
      let escaped = cells.map { $0.replacing("|", with: "\\|") }
      return "| \(escaped.joined(separator: " | ")) |\n"
    }.joined()
  }
}
