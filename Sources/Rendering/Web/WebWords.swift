import Records

/// The words that the page adds to those of its reports, in the languages of the page.
struct WebWords {
  let languages: [Language]

  func callAsFunction(_ chinese: String, _ english: String) -> [String] {
    languages.map { $0 == .chinese ? chinese : english }
  }

  var highlights: [String] { self("主要情况", "Main findings") }
  var decisions: [String] { self("需要研究决定的事项", "What needs a decision") }
  var keyFigures: [String] { self("关键数字", "Key figures") }
  var contents: [String] { self("目录", "Contents") }
  var dataState: [String] { self("数据情况", "State of the data") }
  var search: [String] { self("查找科室", "Find a department") }
  var sortHint: [String] { self("点击表头可排序。", "Select a heading to sort.") }
  var shown: [String] { self("已列出", "shown") }
  var notes: [String] { self("注", "Notes") }
  var files: [String] { self("完整数据", "The whole of it") }
  var noRows: [String] { self("本表无数据", "This table has no rows") }

  /// Says of a table what the page leaves out, and where it stands.
  func leftOut(rows: String, of all: String, sheets: [String]) -> [String] {
    zip(languages, sheets).map { language, sheet in
      language == .chinese
        ? "共 \(all) 行，此处列前 \(rows) 行，其余见 half-year.xlsx 工作表“\(sheet)”。"
        : "The first \(rows) of \(all) rows; the others stand in half-year.xlsx, sheet “\(sheet)”."
    }
  }

  func elsewhere(_ titles: [[String]], sheets: [String]) -> [String] {
    languages.indices.map { index in
      let names = titles.map { $0.indices.contains(index) ? $0[index] : $0[0] }
      return languages[index] == .chinese
        ? "另见 half-year.xlsx 工作表“\(sheets[index])”：\(names.joined(separator: "、"))。"
        : "In half-year.xlsx, sheet “\(sheets[index])”: \(names.joined(separator: ", "))."
    }
  }
}

extension Language {
  /// As HTML calls it (BCP 47).
  var tag: String { self == .chinese ? "zh-CN" : "en" }

  /// Its own name, for whoever wants to switch to it.
  var endonym: String { self == .chinese ? "中文" : "English" }
}
