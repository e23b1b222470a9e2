public import Records

/// What findings mean: a message for each, and a catalogue of all codes.
public enum FindingText {
  /// What is wrong with one cell, row or file, what was expected, and what to do.
  public static func message(for finding: Finding, in language: Language) -> String {
    sentence(finding, value: finding.value)[language]
  }

  /// The message without what stands in the cell, which may name somebody.
  static func circulatedMessage(for finding: Finding, in language: Language) -> String {
    sentence(finding, value: "")[language]
  }

  private static func sentence(_ finding: Finding, value: String) -> Bilingual {
    if let sentence = sheetSentence(finding, value: value)
      ?? organisationSentence(finding, value: value)
    {
      return sentence
    }
    let what = Quoted(value: value, column: finding.location.column)
    switch finding.code {
    case .unknownReference, .ambiguousReference, .rejectedReference, .duplicateId,
      .duplicateParticipation:
      return referenceSentence(finding, what)
    case .missingColumn, .repeatedColumn, .unusedColumn, .tooManyValues, .unusedFile,
      .unreadableFile, .unsupportedFile:
      return fileSentence(finding)
    default: return valueSentence(finding, what)
    }
  }

  /// A value or a rule of one row.
  private static func valueSentence(_ finding: Finding, _ what: Quoted) -> Bilingual {
    let detail = finding.detail
    switch finding.code {
    case .missingValue:
      return Bilingual(
        zh: "\(what.column.chinese)为空，此列必填；请补填后重报",
        en: "\(what.column.english) is empty but required; fill it in and report again")
    case .unreadableValue:
      let why = reasonOfDay(detail) ?? example(detail)
      return Bilingual(
        zh: "\(what.chinese)无法识别\(why.chinese)；请更正后重报",
        en: "\(what.english) cannot be read\(why.english); correct it and report again")
    case .unreadableOptional:
      let why = reasonOfDay(detail) ?? example(detail)
      return Bilingual(
        zh: "\(what.chinese)无法识别\(why.chinese)，按空值处理；请更正",
        en: "\(what.english) cannot be read\(why.english) and counts as empty; correct it")
    case .serialDay:
      return Bilingual(
        zh: "\(what.chinese)是 Excel 的日期序号，按 \(detail) 采用；请核对，并把该列设为日期格式",
        en:
          "\(what.english) is Excel's number of a day and taken for \(detail); check it, and give "
          + "the column a date format")
    case .negativeNumber:
      return Bilingual(
        zh: "\(what.chinese)为负数，应为零或正数；请更正后重报",
        en: "\(what.english) is negative, zero or more is expected; correct it and report again")
    default: return dateSentence(finding, what)
    }
  }

  private static func dateSentence(_ finding: Finding, _ what: Quoted) -> Bilingual {
    let detail = finding.detail
    let days = detail.split(separator: ";").map { $0.filter { $0 != " " } }
    switch finding.code {
    case .closedBeforeRaised:
      return Bilingual(
        zh: "销号日期\(what.quoted)早于提出日期 \(detail)；请核对两个日期后重报",
        en: "the closing day\(what.spaced) is before the day of raising, \(detail); "
          + "check both and report again")
    case .dueBeforeRaised:
      return Bilingual(
        zh: "时限\(what.quoted)早于提出日期 \(detail)，本行已采用；请核对时限",
        en: "the due day\(what.spaced) is before the day of raising, \(detail); the row is kept, "
          + "check the due day")
    case .beforeJoining:
      return Bilingual(
        zh: "活动日期 \(days.first ?? "") 早于此人入职日期 \(days.last ?? "")，本行已采用；请核对人员或入职日期",
        en: "the event of \(days.first ?? "") is before the person joined on \(days.last ?? ""); "
          + "the row is kept, check the person or the joining day")
    case .afterLeaving:
      return Bilingual(
        zh: "活动日期 \(days.first ?? "") 晚于此人离职日期 \(days.last ?? "")，本行已采用；请核对人员或离职日期",
        en: "the event of \(days.first ?? "") is after the person left on \(days.last ?? ""); "
          + "the row is kept, check the person or the leaving day")
    case .inTheFuture:
      return Bilingual(
        zh: "\(what.chinese)晚于 \(detail)，属于将来的日期，本行已采用；请核对日期",
        en: "\(what.english) lies in the future, after \(detail); the row is kept, check the date")
    case .headCountDiffers:
      return Bilingual(
        zh: "填报人数\(what.quoted)与名单人数 \(detail) 不一致，按名单统计；请核对",
        en: "the stated head count\(what.spaced) differs from the list of \(detail), which is "
          + "counted; check both")
    default: return rowSentence(finding, what)
    }
  }

  /// A row that is not made as a row must be.
  private static func rowSentence(_ finding: Finding, _ what: Quoted) -> Bilingual {
    switch finding.code {
    case .brokenQuote:
      return Bilingual(
        zh: "引号不成对，无法分清各列；请检查本行的双引号后重报",
        en: "a quotation mark is not closed, so that the columns cannot be told apart; "
          + "check the row's double quotes and report again")
    case .rowTooLong:
      return Bilingual(
        zh: "本行超过 1 MiB，无法读全；请删去误粘贴的内容后重报",
        en:
          "the row is longer than 1 MiB and cannot be read to its end; remove what was pasted into it "
          + "by mistake and report again")
    case .undeclaredValue:
      return Bilingual(
        zh: "\(what.chinese)不在 hospital.yaml 所列的取值中，本行已采用；请改用所列的写法，或补充该清单",
        en: "\(what.english) is not among the values that hospital.yaml lists; the row is "
          + "kept, use a listed value or add this one to the list")
    default:
      return Bilingual(
        zh: "单元格多于表头列数，多出部分未采用；请检查本行是否错列",
        en: "there are more cells than headings, and the surplus is not used; "
          + "check whether the row has slipped")
    }
  }

  private static func referenceSentence(_ finding: Finding, _ what: Quoted) -> Bilingual {
    let detail = finding.detail
    switch finding.code {
    case .unknownReference: return unknownSentence(finding, what)
    case .ambiguousReference:
      let among = candidates(detail)
      return Bilingual(
        zh: "\(what.chinese)对应不止一个\(among.chinese)，不作猜测；请改填编号",
        en: "\(what.english) names more than one\(among.english) and is not guessed; give the id")
    case .rejectedReference:
      return Bilingual(
        zh: "\(what.chinese)所指的行已被剔除，本行一并剔除；请先更正那一行",
        en: "\(what.english) refers to a row that is rejected, and this row with it; "
          + "correct that row first")
    case .duplicateId where detail == Finding.rejectedBefore:
      return Bilingual(
        zh: "编号\(what.quoted)在前面读取的一行中已出现，那一行也已剔除；请更正其中一行，并删除或改编号另一行",
        en:
          "the id\(what.spaced) stands in a row read before, which is rejected, too; correct one of the "
          + "two, and remove the other or give it another id")
    case .duplicateId:
      let first =
        detail.isEmpty
        ? Bilingual(zh: "本文件前面", en: "earlier in the file")
        : Bilingual(zh: " \(detail) 中", en: "in \(detail), which is read before")
      return Bilingual(
        zh: "编号\(what.quoted)在\(first.chinese)已出现，只采用第一行；请改为不同的编号或删除重复行",
        en: "the id\(what.spaced) stands \(first.english), and the first row is kept; "
          + "give another id or remove the repetition")
    default:
      return Bilingual(
        zh: "同一人在同一场活动中重复登记\(firstRow(detail).chinese)，只计第一行；请删除重复行",
        en: "this person is listed twice for this event\(firstRow(detail).english), and the first "
          + "row counts; remove the repetition")
    }
  }

  /// A name that is not known; what it may have meant is for people to decide.
  private static func unknownSentence(_ finding: Finding, _ what: Quoted) -> Bilingual {
    let parts = finding.detail.split(separator: "\t", maxSplits: 1)
    // What is circulated without the value shows nothing that is near to it either.
    guard let names = parts.first, !what.value.isEmpty else {
      return Bilingual(
        zh: "\(what.chinese)在被引用的表中查不到；请改为已有的编号、名称或别名，或先补充该表",
        en: "\(what.english) names nothing that is known; use an id, name or alias that is listed, "
          + "or add it to its list")
    }
    let line = parts.count > 1 ? parts[1] : ""
    return Bilingual(
      zh: "\(what.chinese)在被引用的表中查不到，是否为“\(names)”？不作猜测，请更正后重报"
        + (line.isEmpty ? "" : "；如确为其别名，请在 hospital.yaml 的 aliases 下写一行 \(line)"),
      en:
        "\(what.english) names nothing that is known; did you mean '\(names)'? It is not guessed, "
        + "correct it and report again"
        + (line.isEmpty
          ? ""
          : "; if it is another name of it, let 'aliases' of hospital.yaml have the "
            + "line \(line)"))
  }

  private static func fileSentence(_ finding: Finding) -> Bilingual {
    let column = finding.location.column
    let value = finding.value
    switch finding.code {
    case .missingColumn:
      let alias = finding.detail.isEmpty ? "" : finding.detail
      return Bilingual(
        zh: "缺少必需的列“\(column)”\(alias.isEmpty ? "" : "（也可写作“\(alias)”）")；请补上此列",
        en: "the required column '\(column)'\(alias.isEmpty ? "" : " (or '\(alias)')") is missing; "
          + "add it")
    case .repeatedColumn:
      return Bilingual(
        zh: "表头“\(value)”与前面的列含义相同，此列未采用；请只保留一列",
        en: "the heading '\(value)' means the same as an earlier column and is not used; "
          + "keep one of them")
    case .unusedColumn:
      return Bilingual(
        zh: "表头“\(value)”不在约定的列中，此列未采用；如有需要，请在 hospital.yaml 中声明别名",
        en: "the heading '\(value)' is not known and its column not used; if it is needed, "
          + "declare it in hospital.yaml")
    case .tooManyValues:
      return Bilingual(
        zh: "“\(value)”列的不同取值超过 \(finding.detail) 个，不能作为分类，各行均按未填写处理；请核对是否填成了说明文字或编号",
        en: "the column '\(value)' has more than \(finding.detail) different values, which is no "
          + "classification: in every row it counts as not stated; check whether it holds "
          + "descriptions or numbers of items")
    case .unusedFile:
      return Bilingual(
        zh: "此文件未使用：请核对文件名；人员名单须有对应的场次文件；一张表只保留一个文件",
        en: "the file is not used: check its name; a list of participants needs the file of its "
          + "events, and a table is one file only")
    case .unsupportedFile:
      return Bilingual(
        zh: "不支持此文件的格式\(reason(finding.detail).chinese)；请另存为 CSV（UTF-8）后重报",
        en: "the file is of a kind that is not read\(reason(finding.detail).english); "
          + "save it as CSV in UTF-8 and report again")
    default:
      return Bilingual(
        zh: "文件未能读完\(reason(finding.detail).chinese)；请检查文件后重报",
        en: "the file could not be read to its end\(reason(finding.detail).english); "
          + "check it and report again")
    }
  }
}

/// How a message names the cell that it is about.
private struct Quoted {
  let value: String
  let column: Bilingual

  init(value: String, column: String) {
    // What is quoted stays short: a cell may hold a whole page.
    self.value = value.count > 60 ? String(value.prefix(60)) + "…" : value
    self.column = Bilingual(
      zh: column.isEmpty ? "本行" : "“\(column)”列",
      en: column.isEmpty ? "the row" : "column '\(column)'")
  }

  var chinese: String { column.chinese + (value.isEmpty ? "的内容" : "的“\(value)”") }
  var english: String { value.isEmpty ? "what stands in \(column.english)" : "'\(value)'" }
  /// The value after a Chinese noun, or nothing.
  var quoted: String { value.isEmpty ? "" : "“\(value)”" }
  /// The value after an English noun, or nothing.
  var spaced: String { value.isEmpty ? "" : " '\(value)'" }
}

extension FindingText {
  private static func example(_ detail: String) -> Bilingual {
    detail.isEmpty
      ? Bilingual(zh: "", en: "") : Bilingual(zh: "（应如 \(detail)）", en: " (expected: \(detail))")
  }

  /// Why a text that looks like a day is not read as one; nil for all other details.
  private static func reasonOfDay(_ detail: String) -> Bilingual? {
    switch detail {
    case "ambiguous_order":
      return Bilingual(
        zh: "（日与月孰先孰后不明，不作猜测；应如 2023-06-05）",
        en:
          " (day and month may be either way round, and this is not guessed; expected: 2023-06-05)")
    case "two_digit_year":
      return Bilingual(
        zh: "（年份只有两位，不作猜测；应如 2023-06-05）",
        en: " (the year has two digits only, and this is not guessed; expected: 2023-06-05)")
    case "no_year":
      return Bilingual(
        zh: "（没有年份，不作猜测；应如 2023-06-05）",
        en: " (it has no year, and this is not guessed; expected: 2023-06-05)")
    case "span":
      return Bilingual(
        zh: "（写了一段日期；请只填一天，应如 2023-06-05）",
        en: " (it is a span of days; give one day, as 2023-06-05)")
    case "no_such_day":
      return Bilingual(zh: "（日历上没有这一天）", en: " (the calendar has no such day)")
    default: return nil
    }
  }

  private static func candidates(_ detail: String) -> Bilingual {
    detail.isEmpty ? Bilingual(zh: "", en: "") : Bilingual(zh: "（\(detail)）", en: " (\(detail))")
  }

  private static func firstRow(_ detail: String) -> Bilingual {
    detail.isEmpty
      ? Bilingual(zh: "", en: "")
      : place(of: detail)
  }

  /// A row, and its file where it is another one, as `12; drills/内科.csv`.
  private static func place(of detail: String) -> Bilingual {
    guard let end = detail.firstIndex(of: ";") else {
      return Bilingual(zh: "（首见于第 \(detail) 行）", en: " (first in row \(detail))")
    }
    let row = detail[..<end]
    let file = detail[end...].dropFirst(2)
    return Bilingual(zh: "（首见于 \(file) 第 \(row) 行）", en: " (first in row \(row) of \(file))")
  }

  private static func reason(_ detail: String) -> Bilingual {
    if let known = FileFault(rawValue: detail)?.reason {
      return Bilingual(zh: "（\(known.chinese)）", en: " (\(known.english))")
    }
    return detail.isEmpty
      ? Bilingual(zh: "", en: "") : Bilingual(zh: "（\(detail)）", en: " (\(detail))")
  }
}
