internal import Records

extension FindingText {
  /// What the findings about sheets and files beside others mean; nil for all other codes.
  static func sheetExplanation(_ code: FindingCode) -> Explained? {
    switch code {
    case .totalDiffers:
      return Explained(
        "合计与各行不符", "Total disagrees with its rows", "合计、小计行的数字与上面各行之和不同，统计按各行计算。",
        "A total or subtotal row differs from the sum of the rows above it; the rows are counted.")
    case .hiddenRows:
      return Explained(
        "隐藏的行", "Hidden rows", "被隐藏的行，仍按普通行读取。",
        "Rows that are hidden; they are read like the others.")
    case .formulaWithoutValue:
      return Explained(
        "公式没有结果", "Formula without a result", "公式没有保存计算结果，该单元格按空值处理。",
        "A formula has no stored result; the cell counts as empty.")
    case .formulaError:
      return Explained(
        "公式出错", "Formula with an error", "公式的结果是错误值（如 #REF!）。",
        "The result of a formula is an error, as #REF!.")
    case .longText:
      return Explained(
        "文字过长", "Text too long", "工作簿的单元格超过 32,767 个字符（Excel 单元格的上限），采用前 32,767 个。",
        "A cell of a workbook has more than 32,767 characters, the most that Excel holds; the first "
          + "32,767 are used.")
    case .serialDay:
      return Explained(
        "日期为序号", "Day as a number", "日期写成了 Excel 的序号（如 45082），按 1900 日期系统换算，该行采用。",
        "A day is written as Excel's number, as 45082; it is read by the system of 1900, and the row kept."
      )
    case .sameEvent:
      return Explained(
        "疑为同一场活动", "Perhaps the same event", "两个科室用不同编号报了同一天、同一主题且有共同参加者的活动，两行都采用（仅 check 查找）。",
        "Two departments reported an event of the same day and subject, with people in common, under two "
          + "ids; both are kept. Only `check` looks for it.")
    case .unusedSheet:
      return Explained(
        "工作表未使用", "Sheet is not used", "工作表没有本表必需的表头，未读取。",
        "The sheet lacks the headings of its table; it is not read.")
    case .hiddenSheet:
      return Explained(
        "隐藏的工作表", "Hidden sheet", "隐藏的工作表像是同一张表，未读取。",
        "A hidden sheet looks like the same table; it is not read.")
    case .repeatedFile:
      return Explained(
        "文件重复提交", "File sent twice", "与同一张表的另一文件内容完全相同，只读取一次。",
        "The same content as another file of the table; it is read once.")
    case .correctedFile:
      return Explained(
        "疑为更正件", "Perhaps a corrected file", "多数编号在同一张表的另一文件中已出现，采用先读取的一行，不作猜测。",
        "Most ids stand in another file of the table; the rows read first are kept, nothing is guessed."
      )
    case .runningNumbers:
      return Explained(
        "序号不是编号", "Running numbers as ids", "以序号为编号，而序号在同一张表的另一文件或工作表中也从头编起，相同的行剔除。",
        "Running numbers serve as ids, and begin anew in another file or sheet of the table; rows with equal "
          + "ones are rejected.")
    default: return nil
    }
  }
}
