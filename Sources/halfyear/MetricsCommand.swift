import ArgumentParser
import Records
import Workspace

/// `halfyear metrics`: the catalogue of metrics, generated from their declarations.
struct MetricsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "metrics", abstract: "List every metric with its definition in both languages.",
    discussion: "The output is a Markdown table.")

  @Option(help: "Name the sources of this workspace, too.")
  var workspace: String?

  func run() throws {
    try refusing(Log(isQuiet: true)) { () throws(Refusal) in
      var sources = Source.standard
      if let workspace {
        sources = try openWorkspace(workspace, Log(isQuiet: true)).settings.sources
      }
      Log.output(MetricsCommand.catalogue(sources))
    }
  }

  /// The catalogue as Markdown: a table a family, then the names of the family's sources.
  static func catalogue(_ sources: [Source]) -> String {
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
      "| `\(source).\($0.name)` | \($0.unit.rawValue) | \($0.title.english): "
        + "\($0.definition.english) | \($0.title.chinese)：\($0.definition.chinese) |\n"
    }
    return "\(title)\n\n| metric | unit | definition | 定义 |\n|---|---|---|---|\n"
      + rows.joined()
  }
}
