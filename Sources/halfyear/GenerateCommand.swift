import ArgumentParser
import Generating
import Glibc

/// `halfyear generate`: a data set from totals.
struct GenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Make a hospital's input files from a seed and a file of totals.",
    discussion: """
      The same file, scale and seed give the same bytes. All people are invented.
      """)

  @Argument(help: "The YAML file with the totals, as datasets/shiyan-2023/generate.yaml.")
  var specification: String

  @Option(help: "The folder to write to; it is made where it does not exist.")
  var output: String

  @Option(help: "Multiplies departments, staff, events, participations and items.")
  var scale = 1

  @Option(help: "Replaces the seed of the file.")
  var seed: UInt64?

  @Option(parsing: .upToNextOption, help: "The tables to write, as training_attendance; else all.")
  var only: [String] = []

  @Flag(help: "Write attendance rows in random order (model 'volume').")
  var shuffle = false

  func validate() throws {
    guard (1...100_000).contains(scale) else {
      throw ValidationError("'--scale' is a whole number from 1 to 100000.")
    }
  }

  func run() throws {
    do {
      let generator = try Generator(path: specification)
      try generator.write(
        to: output,
        options: .init(scale: scale, seed: seed, only: only, shuffled: shuffle))
    } catch {
      let message = Array("halfyear: \(error)\n".utf8)
      _ = write(STDERR_FILENO, message, message.count)
      throw ExitCode(exitCode(error))
    }
  }

  private func exitCode(_ error: GenerateError) -> Int32 {
    switch error {
    case .unreadable: 66
    case .unusable, .impossible: 78
    case .cannotWrite: 73
    }
  }
}
