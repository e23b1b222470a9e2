public import Records

extension SheetLayout {
  /// What a row of the sheet is that cannot be a record; nil for everything else.
  ///
  /// It is asked of rows only that would be rejected, so no sound record is ever lost to it. A row that
  /// merely lacks something is none of these: each kind has a mark that no record has.
  ///
  /// - Parameter row: its cells by column, without white space at their ends.
  public func kind(of row: [String]) -> RowKind? {
    let filled = row.indices.filter { !row[$0].isEmpty }
    guard let first = filled.first else { return .blank }
    if repeatsHeading(row, filled) { return .heading }
    if SheetLayout.isExample(row) { return .note }
    if SheetLayout.isTotal(row, filled) { return .total }
    let isAlone = filled.count == 1 && first == 0 && cells.count >= 3
    return SheetLayout.isNote(row[first], isAlone: isAlone) ? .note : nil
  }

  /// Whether a row may be anything but a record, by the first two of its cells that are not empty; where it
  /// may not, `kind` need not be asked.
  public func mayBeOther(first: String, second: String) -> Bool {
    if SheetLayout.isTotalWord(second, subtotal: true) { return true }
    let folded = Heading.folded(first)
    return cells.contains { !$0.isEmpty && Heading.folded($0) == folded }
      || SheetLayout.isExample([first]) || SheetLayout.isTotalWord(first, subtotal: false)
      || SheetLayout.isTotalWord(first, subtotal: true) || SheetLayout.isNote(first, isAlone: true)
  }

  /// The heading printed again, as at the top of a page: whatever stands in the row is the heading of its
  /// column.
  private func repeatsHeading(_ row: [String], _ filled: [Int]) -> Bool {
    filled.count >= 2
      && filled.allSatisfy {
        $0 < cells.count && Heading.folded(row[$0]) == Heading.folded(cells[$0])
      }
  }

  private static let totalWords: Set<String> = [
    "合计", "总计", "共计", "总合计", "累计", "总数", "total", "grandtotal", "sum",
  ]
  private static let subtotalWords: Set<String> = ["小计", "本页小计", "本页合计", "subtotal", "sub-total"]

  /// Whether a text is exactly a word for a total or, if asked, for a subtotal.
  static func isTotalWord(_ text: String, subtotal: Bool) -> Bool {
    var word = TextFolding.folded(text)
    while word.hasSuffix(":") { word.removeLast() }
    return (subtotal ? subtotalWords : totalWords).contains(word)
  }

  /// Whether a total row is a subtotal.
  static func isSubtotal(_ row: [String]) -> Bool {
    row.filter { !$0.isEmpty }.prefix(2).contains { isTotalWord($0, subtotal: true) }
  }

  /// A total begins with the word for it, and the rest are numbers or nothing; a subtotal may have what it
  /// is the subtotal of before the word.
  private static func isTotal(_ row: [String], _ filled: [Int]) -> Bool {
    guard let first = filled.first else { return false }
    var rest = filled.dropFirst()
    if !isTotalWord(row[first], subtotal: false), !isTotalWord(row[first], subtotal: true) {
      guard let second = rest.first, isTotalWord(row[second], subtotal: true) else { return false }
      rest = rest.dropFirst()
    }
    return rest.allSatisfy { isNumberOrSign(row[$0]) }
  }

  private static func isNumberOrSign(_ text: String) -> Bool {
    var folded = TextFolding.folded(text)
    if folded.hasPrefix("共") { folded.removeFirst() }
    if ["-", "--", "—", "——", "/", "\\"].contains(folded) { return true }
    // A percentage or a number with its unit begins with a digit; a date, which a record has, is longer
    // than any of them.
    return folded.unicodeScalars.first.map { ("0"..."9").contains($0) || $0 == "-" } == true
      && !(folded.contains("-") && folded.count >= 8 || folded.contains("年"))
  }

  private static let noteMarks = [
    "填表说明", "填报说明", "填写说明", "使用说明", "说明", "备注", "附注", "注", "填报人", "填表人", "制表人", "制表",
    "经办人", "审核人", "审核", "审批", "复核", "负责人", "科室负责人", "科主任", "签字", "签名", "联系人", "联系电话",
    "填报日期", "填表日期", "制表日期", "上报日期", "报送日期", "填报科室", "填报单位", "以下空白", "note", "notes",
    "remark", "remarks", "preparedby", "reviewedby", "filledinby", "signature", "instructions",
  ]
  /// Whether a row shows how a form is to be filled in: it begins with the word for that.
  static func isExample(_ row: [String]) -> Bool {
    let first = TextFolding.folded(row.first { !$0.isEmpty } ?? "").drop { "*(【[".contains($0) }
    return exampleMarks.contains(where: first.hasPrefix)
  }

  /// The mark of the example row in the forms that `init` makes.
  public static let exampleMark = Bilingual(zh: "示例（不计入）", en: "Example (not counted)")

  /// Whether a row has that mark; such a row is passed over even where it is sound.
  static func isMarkedExample(_ row: [String]) -> Bool {
    let first = TextFolding.folded(row.first { !$0.isEmpty } ?? "")
    return [exampleMark.chinese, exampleMark.english].contains { TextFolding.folded($0) == first }
  }

  private static let exampleMarks = ["示例", "例:", "样例", "example"]

  /// A note begins with a word that forms have for notes and signatures, followed by a colon, a number or
  /// nothing; or it is a sentence alone in its row.
  private static func isNote(_ text: String, isAlone: Bool) -> Bool {
    var folded = TextFolding.folded(text)
    while let mark = folded.first, "*※(【[-—★".contains(mark) { folded.removeFirst() }
    for mark in noteMarks where folded.hasPrefix(mark) {
      let rest = folded.dropFirst(mark.count)
      guard let next = rest.first else { return true }
      if ":)】]、.,;".contains(next) { return true }
      if ("1"..."9").contains(next), rest.dropFirst().first.map({ ":.、".contains($0) }) == true {
        return true
      }
    }
    return isAlone && folded.count >= 8 && folded.contains { "。;:".contains($0) }
      && !folded.utf8.allSatisfy { $0 < 0x80 }
  }
}
