import ArgumentParser

@main
struct Halfyear: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "halfyear", abstract: "Half-year results for hospitals.",
    version: Version.number,
    subcommands: [
      ReportCommand.self, BulletinCommand.self, CompareCommand.self, CheckCommand.self,
      ConvertCommand.self, InitCommand.self, NightlyCommand.self, HistoryCommand.self,
      PublishCommand.self, ExplainCommand.self, MetricsCommand.self, GenerateCommand.self,
    ])

  /// Without a command nothing is done, and that is no success: a job whose arguments went astray shall
  /// not look as if it had run.
  func run() throws {
    throw ValidationError("Name a command, as 'halfyear report'.")
  }
}
