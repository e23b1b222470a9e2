import Records

/// The words that an accessible workbook adds to those of its report.
struct AccessibleWords {
  let cover: String
  let contents: String
  let sentences: String
  let notes: String
  let sheetHeading: String
  let title: String
  let section: String
  let number: String
  /// Of a fact on the cover that is still to be filled in, as who signs.
  let open: String
  let emptyTotal: String
  private let language: Language

  /// In cells that can have no value, as the UK's statistical service writes it.
  static let notApplicable = "[z]"

  /// What stands for the report's signs, in their order.
  static func sign(_ index: Int) -> String { "[x\(index + 1)]" }

  init(_ language: Language) {
    func word(_ chinese: String, _ english: String) -> String {
      language == .chinese ? chinese : english
    }
    self.language = language
    cover = word("封面", "Cover")
    contents = word("目录", "Contents")
    sentences = word("文字说明", "Text")
    notes = word("注释", "Notes")
    sheetHeading = word("工作表", "Sheet")
    title = word("标题", "Title")
    section = word("部分", "Part")
    number = word("编号", "Number")
    open = word("待填写", "to be filled in")
    emptyTotal = word("不适用，如合计行的文字列", "not applicable, as the columns of text in a total")
  }

  func sheet(ofTable number: Int) -> String {
    language == .chinese ? "表\(number)" : "Table \(number)"
  }

  func mark(_ note: Int) -> String { language == .chinese ? "[注\(note)]" : "[note \(note)]" }

  func fact(_ label: String, _ value: String) -> String {
    language == .chinese ? "\(label)：\(value)" : "\(label): \(value)"
  }

  func shape(rows: Int, columns: Int) -> String {
    language == .chinese
      ? "本工作表有一个表格，\(rows) 行数据，\(columns) 列；方括号内的记号见工作表“\(notes)”。"
      : "This sheet has one table of \(rows) rows and \(columns) columns; "
        + "what stands in square brackets is explained on the sheet “\(notes)”."
  }
}
