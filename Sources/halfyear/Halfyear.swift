import ArgumentParser

@main
struct Halfyear: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "halfyear", abstract: "Half-year results for hospitals.",
    subcommands: [GenerateCommand.self])
}
