internal import Records

extension FindingText {
  /// What a sheet or a file holds beside its records; nil for all other findings.
  static func sheetSentence(_ finding: Finding, value: String) -> Bilingual? {
    let column = finding.location.column
    let detail = finding.detail
    switch finding.code {
    case .totalDiffers:
      return Bilingual(
        zh:
          "合计行“\(column)”列\(value.isEmpty ? "" : "为 \(value)")，上面各行相加为 \(detail)，勾稽不符；统计按各行计算，请核对后更正",
        en:
          "the total of column '\(column)'\(value.isEmpty ? "" : ", \(value),") is not \(detail), what "
          + "the rows above add up to; the rows are counted, check both and correct")
    case .hiddenRows:
      return Bilingual(
        zh: "第 \(detail) 行被隐藏，仍按普通行读取；如不应上报，请删除后重报",
        en:
          "row \(detail) is hidden and read like the others; delete it if it is not to be reported")
    case .formulaWithoutValue:
      return Bilingual(
        zh: "“\(column)”列的公式没有保存计算结果，按空值处理；请用表格软件打开并保存后重报",
        en: "the formula in column '\(column)' has no stored result and counts as empty; open the "
          + "file in a spreadsheet program, save it and report again")
    case .formulaError:
      return Bilingual(
        zh: "“\(column)”列的公式结果是错误值；请更正公式或直接填写数值后重报",
        en: "the formula in column '\(column)' gives an error; correct it or write the value, and "
          + "report again")
    case .longText:
      return Bilingual(
        zh: "“\(column)”列的文字超过 32,767 个字符（Excel 单元格的上限），采用前 32,767 个；请删去误粘贴的内容后重报",
        en:
          "the text in column '\(column)' has more than 32,767 characters, the most that Excel holds; "
          + "the first 32,767 are used, remove what was pasted into it by mistake and report again")
    default: return fileBesideOthers(finding)
    }
  }

  private static func fileBesideOthers(_ finding: Finding) -> Bilingual? {
    let sheet = finding.location.sheet
    switch finding.code {
    case .unusedSheet:
      return Bilingual(
        zh: "工作表“\(sheet)”没有本表必需的表头，未读取；如有应上报的内容，请核对表头",
        en: "the sheet '\(sheet)' lacks the headings of this table and is not read; check its "
          + "headings if it is to be reported")
    case .hiddenSheet:
      return Bilingual(
        zh: "隐藏的工作表“\(sheet)”像是同一张表，未读取；如需上报请取消隐藏，否则请删除",
        en: "the hidden sheet '\(sheet)' looks like the same table and is not read; show it if it "
          + "is to be reported, else delete it")
    case .repeatedFile:
      return Bilingual(
        zh: "与 \(finding.detail) 内容完全相同，只读取一次；请删除其中一个",
        en: "the content is the same as that of \(finding.detail) and read once; remove one of them"
      )
    case .correctedFile: return correctedSentence(finding)
    case .runningNumbers: return runningNumbersSentence(finding)
    case .sameEvent: return sameEventSentence(finding)
    default: return nil
    }
  }

  private static func sameEventSentence(_ finding: Finding) -> Bilingual {
    let parts = finding.detail.components(separatedBy: "; ")
    let row = parts.count > 1 ? parts[1] : ""
    let file = parts.count > 2 ? parts[2] : ""
    return Bilingual(
      zh:
        "与\(file.isEmpty ? "本表" : " \(file) ")第 \(row) 行同一天、同一主题，且有 \(parts[0]) 名共同参加者，疑为同一场活动由两个科室分别上报；"
        + "两行都采用，如为同一场请只保留一行",
      en: "the day and subject are those of row \(row)\(file.isEmpty ? "" : " of " + file), and "
        + "\(parts[0]) people took part in both: one event may have been reported by two departments; "
        + "both rows are kept, remove one of them if it is the same event")
  }

  private static func runningNumbersSentence(_ finding: Finding) -> Bilingual {
    let parts = finding.detail.components(separatedBy: "; ")
    let (count, earlier) = (parts[0], parts.count > 1 ? parts[1] : "")
    return Bilingual(
      zh: "本表以“序号”为编号，而 \(earlier) 中的序号也从头编起，\(count) 行因编号重复而剔除；"
        + "请加一列“编号”，各文件、各工作表之间不重复（如 内科-1、内科-2），再重报",
      en:
        "running numbers serve as ids here, and \(count) of them stand in \(earlier) already, so that their "
        + "rows are rejected; add a column 'id' whose values no other file or sheet has (as WARD-1, "
        + "WARD-2) and report again")
  }

  private static func correctedSentence(_ finding: Finding) -> Bilingual {
    let names = finding.detail.components(separatedBy: "; ")
    let (count, earlier) = (names[0], names.count > 1 ? names[1] : "")
    let newer = names.count > 2 ? names[2] : ""
    return Bilingual(
      zh: "有 \(count) 行的编号在 \(earlier) 中已出现，像是同一份表的两个版本"
        + (newer.isEmpty ? "" : "（从文件名看 \(newer) 较新）")
        + "；不作猜测，相同编号采用先读取的 \(earlier)，请只保留正确的一份",
      en: "\(count) ids stand in \(earlier) already, as in two versions of one sheet"
        + (newer.isEmpty ? "" : " (by its name \(newer) is the newer one)")
        + "; this is not guessed: of equal ids those of \(earlier), read first, are used, so keep "
        + "the right file only")
  }
}

extension String {
  /// The pieces between a separator of more than one character.
  fileprivate func components(separatedBy separator: String) -> [String] {
    var pieces: [String] = []
    var rest = self[...]
    while let range = rest.firstRange(of: separator) {
      pieces.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return pieces + [String(rest)]
  }
}
