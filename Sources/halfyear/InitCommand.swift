import ArgumentParser
import Checking
import Glibc
import Reading
import Records
import Rendering
import Workspace

/// `halfyear init`: a workspace to begin with.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Make a new workspace: hospital.yaml and workbooks to fill in.",
    discussion: """
      The workbooks of departments, staff and the chosen sources go to DIR, those of all other sources to \
      DIR/forms, from where they can be taken when they are wanted. What is filled in is read without any \
      setting. Nothing that is there is overwritten.
      """)

  @Argument(help: ArgumentHelp("The new workspace.", valueName: "dir"))
  var folder: String

  @Option(help: "The language of the workbooks, zh or en.")
  var language = Language.chinese

  @Option(help: "The hospital's name.")
  var name: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("The sources to begin with, by name.", valueName: "source"))
  var sources = ["training", "issues"]

  @Option(
    help: ArgumentHelp(
      "A file of departments, as departments.csv, to fill in and to choose from.",
      valueName: "file"))
  var departments: String?

  func validate() throws {
    let known = Source.standard.map(\.name)
    for source in sources where !known.contains(source) {
      throw ValidationError(
        "There is no source '\(source)'\(Suggestion.sentence(source, among: known)).")
    }
  }

  func run() throws {
    try refusing(Log(isQuiet: true), language: language) { () throws(Refusal) in
      let design = FormDesign(language: language, departments: try departmentRows())
      var files: [(path: String, form: FormWorkbook?)] = [("\(folder)/hospital.yaml", nil)]
      for (table, source) in tables {
        let isChosen = source.map { sources.contains($0.name) } ?? InitCommand.isBasic(table)
        let path = isChosen ? folder : "\(folder)/forms"
        files.append(("\(path)/\(table.file).xlsx", design.form(of: table, source: source)))
      }
      // All are looked for before one is written, so that a refusal leaves nothing behind.
      for (path, _) in files where Directory.exists(path) {
        throw .output(OutputError(path: path, errno: EEXIST))
      }
      for (path, form) in files { try write(form, to: path) }
      Log.output(files.map(\.path).joined(separator: "\n") + "\n")
    }
  }

  /// Without these there is no report.
  private static func isBasic(_ table: TableSchema) -> Bool {
    [TableSchema.departments.file, TableSchema.staff.file].contains(table.file)
  }

  /// Every table with the source that it belongs to.
  private var tables: [(table: TableSchema, source: Source?)] {
    [
      (.departments, nil), (.staff, nil), (.staffAssignments, nil),
      (.submissions(Source.standard), nil),
    ]
      + Source.standard.flatMap { source in
        [source.records, source.participation].compactMap { $0 }.map { ($0, source) }
      }
  }

  private func write(_ form: FormWorkbook?, to path: String) throws(Refusal) {
    let parent = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    do throws(OutputError) {
      try Directory.make(parent)
      if form == nil {
        let text = StartingSettings.text(name: name, language: language)
        try OutputFiles.write(Array(text.utf8), to: path)
      }
    } catch {
      throw .output(error)
    }
    guard let form else { return }
    do throws(WorkbookError) {
      try FormRenderer().write(form, to: path, temporaryFolder: parent)
    } catch {
      throw .workbook(error)
    }
  }

  /// The rows of the given file of departments, by role.
  private func departmentRows() throws(Refusal) -> [[Role: String]] {
    guard let departments else { return [] }
    do throws(ReadingError) {
      return try ListedRows.read(departments, as: .departments)
    } catch {
      throw .input(file: departments, reason: error.description, isFault: error.isFault)
    }
  }
}
