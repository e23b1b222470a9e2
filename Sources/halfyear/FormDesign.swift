import Checking
import Records
import Rendering

/// How the workbooks look that departments fill in: one sheet to fill in, a page of instructions, and a
/// hidden sheet with the lists that cells choose from.
struct FormDesign {
  let language: Language
  /// Departments that are known already, by role.
  let departments: [[Role: String]]

  /// Rows that cells are prepared for.
  private static let rows = 2...2000

  func form(of table: TableSchema, source: Source?) -> FormWorkbook {
    let title = FormWords.title(of: table, source: source)[language]
    var form = FormWorkbook(
      title: title, organisation: "", language: language,
      day: Day(year: 2020, month: 1, day: 1) ?? .earliest)
    var lists = FormWorkbook.Sheet(name: words("选项", "Lists"))
    lists.isHidden = true
    var sheet = FormWorkbook.Sheet(name: words("填报", "Form"))
    sheet.headingRow = 1
    let fields = FormWords.fields(of: table)
    for (column, field) in fields.enumerated() {
      let look: FormWorkbook.Look = field.isRequired ? .requiredHeading : .heading
      sheet.cells.append(FormWorkbook.Cell(1, column, .text(heading(of: field)), look))
      sheet.comments.append(
        FormWorkbook.Comment(1, column, FormWords.explanation(of: field, in: table)[language]))
      sheet.widths[column] = FormWords.width(of: field)
      if let check = check(of: field, column, &lists) { sheet.checks.append(check) }
    }
    sheet.cells += example(of: table) + filled(table) + emptyRows(fields)
    form.sheets = [sheet, instructions(table, title), lists].filter {
      !$0.isHidden || !$0.cells.isEmpty
    }
    return form
  }

  private func words(_ chinese: String, _ english: String) -> String {
    language == .chinese ? chinese : english
  }

  /// The heading as departments know it; required ones have a star.
  private func heading(of field: Field) -> String {
    let chinese = field.aliases.first { !$0.utf8.allSatisfy { $0 < 0x80 } } ?? field.name
    return words(chinese, field.name) + (field.isRequired ? "*" : "")
  }

  private func check(
    of field: Field, _ column: Int, _ lists: inout FormWorkbook.Sheet
  ) -> FormWorkbook.Check? {
    guard let rule = rule(of: field, &lists) else { return nil }
    return FormWorkbook.Check(
      column: column, rows: FormDesign.rows, rule: rule,
      message: FormWords.expectation(of: field)[language])
  }

  private func rule(
    of field: Field, _ lists: inout FormWorkbook.Sheet
  ) -> FormWorkbook.Rule? {
    switch field.kind {
    case .day: return .day
    case .amount: return .amount
    case .count: return .count
    case .flag: return list([words("是", "yes"), words("否", "no")], isOpen: false, &lists)
    case .choice(let choices, let isOpen):
      return list(options(choices, isOpen: isOpen), isOpen: isOpen, &lists)
    case .reference where field.role == .department && !departments.isEmpty:
      // An id or an alias is as good as a name, hence the list is open.
      return list(departments.compactMap { $0[.name] }, isOpen: true, &lists)
    case .reference, .text, .label: return nil
    }
  }

  /// What may be chosen: one word for each meaning, of open choices all that are known.
  private func options(_ choices: [String: String], isOpen: Bool) -> [String] {
    if language == .english { return Set(choices.values).sorted() }
    let words = choices.filter { !$0.key.utf8.allSatisfy { $0 < 0x80 } }
    if isOpen { return words.keys.sorted { (words[$0]!, $0) < (words[$1]!, $1) } }
    return Set(words.values).sorted().compactMap { meaning in
      words.filter { $0.value == meaning }.keys.min { ($0.count, $0) < ($1.count, $1) }
    }
  }

  private func list(
    _ texts: [String], isOpen: Bool, _ lists: inout FormWorkbook.Sheet
  ) -> FormWorkbook.Rule {
    let column = (lists.cells.map(\.column).max() ?? -1) + 1
    for (row, text) in texts.enumerated() {
      lists.cells.append(FormWorkbook.Cell(row + 1, column, .text(text)))
    }
    return .list(sheet: lists.name, column: column, count: texts.count, isOpen: isOpen)
  }

  /// A row that shows what is meant; its mark keeps it from being counted.
  private func example(of table: TableSchema) -> [FormWorkbook.Cell] {
    FormWords.fields(of: table).enumerated().compactMap { column, field in
      let text =
        column == 0
        ? SheetLayout.exampleMark[language] : FormWords.example(of: field, in: table)[language]
      if text.isEmpty { return nil }
      return FormWorkbook.Cell(2, column, .text(text), .example)
    }
  }

  /// The departments that are known already.
  private func filled(_ table: TableSchema) -> [FormWorkbook.Cell] {
    guard table.file == TableSchema.departments.file else { return [] }
    return departments.enumerated().flatMap { row, texts in
      FormWords.fields(of: table).enumerated().compactMap { column, field in
        texts[field.role].flatMap { text in
          text.isEmpty ? nil : FormWorkbook.Cell(row + 3, column, .text(text))
        }
      }
    }
  }

  /// Rows to write into, where nothing is known yet: lines on paper.
  private func emptyRows(_ fields: [Field]) -> [FormWorkbook.Cell] {
    let isList = fields.contains { $0.role == .aliases }
    let first = 3 + (isList ? departments.count : 0)
    return (first..<max(first, 28)).flatMap { row in
      fields.indices.map { FormWorkbook.Cell(row, $0, .text(""), .input) }
    }
  }

  private func instructions(_ table: TableSchema, _ title: String) -> FormWorkbook.Sheet {
    var sheet = FormWorkbook.Sheet(name: words("填表说明", "Instructions"))
    sheet.wraps = true
    sheet.widths = [0: 22, 1: 8, 2: 92]
    sheet.cells = [FormWorkbook.Cell(1, 0, .text(title), .title)]
    var row = 3
    for (number, rule) in FormWords.rules(of: table).enumerated() {
      sheet.cells.append(FormWorkbook.Cell(row, 1, .text("\(number + 1)"), .note))
      sheet.cells.append(FormWorkbook.Cell(row, 2, .text(rule[language])))
      row += 1
    }
    row += 1
    for (column, text) in [
      words("列", "Column"), words("必填", "Needed"), words("填什么", "What to write"),
    ]
    .enumerated() {
      sheet.cells.append(FormWorkbook.Cell(row, column, .text(text), .heading))
    }
    for (index, field) in FormWords.fields(of: table).enumerated() {
      let at = row + 1 + index
      let mark = field.isRequired ? words("是", "yes") : ""
      sheet.cells += [
        FormWorkbook.Cell(at, 0, .text(heading(of: field))),
        FormWorkbook.Cell(at, 1, .text(mark)),
        FormWorkbook.Cell(at, 2, .text(FormWords.explanation(of: field, in: table)[language])),
      ]
    }
    return sheet
  }
}
