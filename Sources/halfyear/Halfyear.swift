import ArgumentParser

@main
struct Halfyear: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "halfyear", abstract: "Half-year results for hospitals.",
    version: Version.number,
    subcommands: [
      ReportCommand.self, BulletinCommand.self, CompareCommand.self, CheckCommand.self,
      ConvertCommand.self,
      MetricsCommand.self,
      GenerateCommand.self,
    ])
}
