import Checking
import Comparing
import Composing
import Counting
import Glibc
import Reading
import Records
import Rendering
import Workspace

/// The files with findings, written back for those who sent them: each a workbook of the same rows in the
/// same places, the faulty cells coloured and commented, with a list of what to mend in front.
struct ReturnedFiles {
  private let workspace: Workspace
  private let results: Results
  private let language: Language
  private let folder: String

  /// A longer file is the work of a program, which mends it from `findings.csv`.
  static let mostRows = 100_000

  /// - Throws: `Refusal` where the folder is the workspace or lies inside it: what is returned would be
  ///   read as an input, or stand where one does.
  init(
    workspace: Workspace, results: Results, language: Language, folder: String
  ) throws(Refusal) {
    self.workspace = workspace
    self.results = results
    self.language = language
    self.folder = folder
    let inputs = ReturnedFiles.real(workspace.path)
    let target = ReturnedFiles.real(folder)
    guard target != inputs, !target.hasPrefix(inputs + "/") else {
      throw .usage("'--return' must name a folder outside the workspace, not \(folder)")
    }
    do throws(OutputError) {
      try Directory.make(folder)
    } catch {
      throw .output(error)
    }
  }

  /// Where a path leads, though its last folders may not be there yet.
  private static func real(_ path: String) -> String {
    var known = path
    var rest = ""
    while true {
      if let real = realpath(known, nil) {
        defer { Glibc.free(real) }
        return String(cString: real) + rest
      }
      guard let slash = known.lastIndex(of: "/") else {
        return real(".") + "/" + known + rest
      }
      rest = known[slash...] + rest
      known = slash == known.startIndex ? "/" : String(known[..<slash])
    }
  }

  func write(_ log: Log) throws(Refusal) {
    var byFile: [String: [Finding]] = [:]
    for finding in results.findings { byFile[finding.location.file, default: []].append(finding) }
    for (file, findings) in byFile.sorted(by: { $0.key < $1.key }) {
      let sheets = results.sheets.filter { $0.file == file }
      // A file of which no sheet could be read has nothing to mark.
      guard !sheets.isEmpty else { continue }
      let rows = results.outcomes.first { $0.file == file }?.rowsInFile ?? 0
      guard rows <= ReturnedFiles.mostRows else {
        log.message("\(file): \(rows) rows are too many to return; see findings.csv")
        continue
      }
      let form: FormWorkbook
      do throws(ReadingError) {
        form = try self.form(of: file, sheets, findings)
      } catch {
        log.message("\(file): cannot be returned: \(error)")
        continue
      }
      try write(form, as: name(of: file))
    }
  }

  /// The name of what is returned: the file's own, as a workbook.
  private func name(of file: String) -> String {
    guard let dot = file.lastIndex(of: "."), !file[dot...].contains("/") else {
      return file + ".xlsx"
    }
    let base = String(file[..<dot])
    let isTaken = results.sheets.contains { $0.file != file && $0.file.hasPrefix(base + ".") }
    return (isTaken ? file : base) + ".xlsx"
  }

  private func write(_ form: FormWorkbook, as name: String) throws(Refusal) {
    let path = "\(folder)/\(name)"
    let parent = String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)])
    let staged = "\(parent)/.\(name.split(separator: "/").last ?? "").new"
    do throws(OutputError) {
      try Directory.make(parent)
    } catch {
      throw .output(error)
    }
    do throws(WorkbookError) {
      try FormRenderer().write(form, to: staged, temporaryFolder: parent)
    } catch {
      throw .workbook(error)
    }
    do throws(OutputError) {
      try Directory.move(staged, to: path)
    } catch {
      throw .output(error)
    }
  }
}

extension ReturnedFiles {
  private var listName: String { language == .chinese ? "问题说明" : "Findings (instructions)" }

  private func form(
    of file: String, _ sheets: [CheckedSheet], _ findings: [Finding]
  ) throws(ReadingError) -> FormWorkbook {
    var form = FormWorkbook(
      title: file, organisation: workspace.settings.name[language], language: language,
      day: results.figures.timeline.windows[0].end)
    var copies: [SheetCopy] = []
    for sheet in sheets {
      copies.append(try SheetCopy(sheet, path: workspace.path(of: file)))
    }
    var taken: Set<String> = [listName.lowercased()]
    let names = copies.map { free($0.sheet.name, in: file, &taken) }
    form.sheets = [list(findings, copies, names)]
    for (copy, name) in zip(copies, names) {
      let own = findings.filter { $0.location.sheet == copy.sheet.name }
      form.sheets.append(copy.form(named: name, own, language))
    }
    return form
  }

  /// A name that a sheet may have: a text file's sheet is called as the file is.
  private func free(_ name: String, in file: String, _ taken: inout Set<String>) -> String {
    let base = file.split(separator: "/").last?.prefix { $0 != "." } ?? "Sheet"
    var wanted = String(
      (name.isEmpty ? String(base) : name).filter { character in
        !"[]:*?/\\'".contains(character) && character.unicodeScalars.allSatisfy { $0.value >= 0x20 }
      })
    while wanted.utf16.count > 28 { wanted.removeLast() }
    if wanted.isEmpty || wanted.lowercased() == "history" { wanted = "Sheet" }
    var free = wanted
    var number = 2
    while !taken.insert(free.lowercased()).inserted {
      free = wanted + "-\(number)"
      number += 1
    }
    return free
  }

  /// The findings one a row, each leading to its cell.
  private func list(
    _ findings: [Finding], _ copies: [SheetCopy], _ names: [String]
  ) -> FormWorkbook.Sheet {
    var sheet = FormWorkbook.Sheet(name: listName)
    let errors = findings.count { $0.severity == .error }
    let intro = [
      Bilingual(
        zh: "请在后面的工作表中更正后重新报送。红色：该行未采用；黄色：已采用，请核对。鼠标停在单元格上可看说明。",
        en: "Please mend the sheets behind this one and report again. Red: the row is not counted. "
          + "Yellow: it is counted, please check. Rest the pointer on a cell for its comment."),
      Bilingual(
        zh: "共 \(errors) 条错误，\(findings.count - errors) 条提醒。重新报送时不必删除本页。",
        en:
          "Errors: \(errors), warnings: \(findings.count - errors). This sheet may stay where it is."
      ),
    ]
    sheet.cells = [FormWorkbook.Cell(1, 0, .text(listName), .title)]
    for (row, text) in intro.enumerated() {
      sheet.cells.append(FormWorkbook.Cell(row + 2, 0, .text(text[language]), .note))
    }
    let headings = [
      Bilingual(zh: "位置", en: "Place"), Bilingual(zh: "列", en: "Column"),
      Bilingual(zh: "填写的内容", en: "Content"), Bilingual(zh: "问题与处理办法", en: "What to do"),
    ]
    let first = intro.count + 3
    for (column, text) in headings.enumerated() {
      sheet.cells.append(FormWorkbook.Cell(first, column, .text(text[language]), .heading))
    }
    sheet.headingRow = first
    for (index, finding) in findings.enumerated() {
      sheet.cells += cells(of: finding, row: first + 1 + index, copies, names)
    }
    sheet.wraps = true
    sheet.widths = [0: 16, 1: 16, 2: 24, 3: 78]
    return sheet
  }

  private func cells(
    of finding: Finding, row: Int, _ copies: [SheetCopy], _ names: [String]
  ) -> [FormWorkbook.Cell] {
    let place = finding.location
    let look: FormWorkbook.Look = finding.severity == .error ? .error : .warning
    var at: FormWorkbook.Value = .text(language == .chinese ? "整个文件" : "the whole file")
    if let index = copies.firstIndex(where: { $0.sheet.name == place.sheet }), place.row > 0 {
      let text = Bilingual(zh: "第 \(place.row) 行", en: "row \(place.row)")[language]
      at = .link(
        text, sheet: names[index], row: place.row, column: copies[index].column(of: finding))
    }
    return [
      FormWorkbook.Cell(row, 0, at, look), FormWorkbook.Cell(row, 1, .text(place.column)),
      FormWorkbook.Cell(row, 2, .text(String(finding.value.prefix(200)))),
      FormWorkbook.Cell(row, 3, .text(FindingText.message(for: finding, in: language))),
    ]
  }
}
