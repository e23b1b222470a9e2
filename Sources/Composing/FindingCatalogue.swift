public import Records

extension FindingText {
  /// What a code says, in a few words.
  public static func title(of code: FindingCode) -> Bilingual { explained(code).title }

  /// What a code means, and what becomes of the row.
  public static func explanation(of code: FindingCode) -> Bilingual { explained(code).explanation }

  struct Explained {
    let title: Bilingual
    let explanation: Bilingual

    init(_ zhTitle: String, _ enTitle: String, _ chinese: String, _ english: String) {
      title = Bilingual(zh: zhTitle, en: enTitle)
      explanation = Bilingual(zh: chinese, en: english)
    }
  }

  private static func explained(_ code: FindingCode) -> Explained {
    if let explained = sheetExplanation(code) ?? organisationExplanation(code) { return explained }
    switch code.severity {
    case .error: return explainedError(code)
    case .warning: return explainedWarning(code)
    }
  }

  private static func explainedError(_ code: FindingCode) -> Explained {
    switch code {
    case .missingValue:
      return Explained(
        "必填项为空", "Required field is empty", "必填的单元格为空，该行剔除。",
        "A required cell is empty; the row is rejected.")
    case .unreadableValue:
      return Explained(
        "必填项无法识别", "Required field is unreadable", "必填的日期或数字无法识别，该行剔除。",
        "A required day or number cannot be read; the row is rejected.")
    case .unknownReference:
      return Explained(
        "引用查不到", "Reference names nothing", "引用的科室、人员或活动不存在，该行剔除。",
        "A department, person or event that is not listed; the row is rejected.")
    case .ambiguousReference:
      return Explained(
        "引用不唯一", "Reference is ambiguous", "名称或别名对应不止一个，不作猜测，该行剔除。",
        "A name or alias of more than one; never guessed, the row is rejected.")
    case .rejectedReference:
      return Explained(
        "所引用的行已剔除", "Reference to a rejected row", "所指的科室、人员或活动已被剔除，该行一并剔除。",
        "The department, person or event was rejected; the row goes with it.")
    case .duplicateId, .duplicateParticipation, .closedBeforeRaised, .negativeNumber:
      return explainedRule(code)
    default: return explainedFile(code)
    }
  }

  private static func explainedRule(_ code: FindingCode) -> Explained {
    switch code {
    case .duplicateId:
      return Explained(
        "编号重复", "Repeated id", "编号在本文件前面已出现，采用第一行，该行剔除。",
        "The id stands earlier in the file; the first row is kept, this one rejected.")
    case .duplicateParticipation:
      return Explained(
        "同一人同一场重复", "Person listed twice for an event", "同一场活动同一人在本文件前面已出现，该行剔除。",
        "The pair of event and person stands earlier in the file; the row is rejected.")
    case .closedBeforeRaised:
      return Explained(
        "销号早于提出", "Closed before raised", "销号日期早于提出日期，该行剔除。",
        "The closing day is before the day of raising; the row is rejected.")
    default:
      return Explained(
        "负数", "Negative number", "数字为负，该行剔除。", "A number is negative; the row is rejected.")
    }
  }

  private static func explainedFile(_ code: FindingCode) -> Explained {
    switch code {
    case .brokenQuote:
      return Explained(
        "引号不成对", "Quote not closed", "双引号不成对，无法分列，该行剔除。",
        "A double quote is not closed; the row cannot be split and is rejected.")
    case .rowTooLong:
      return Explained(
        "行过长", "Row too long", "一行超过 1 MiB，无法读全，该行剔除。",
        "A row is longer than 1 MiB and not read to its end; it is rejected.")
    case .missingColumn:
      return Explained(
        "缺少必需的列", "Required column is missing", "文件缺少必需的列，各行均剔除。",
        "The file lacks a required column; all of its rows are rejected.")
    case .unsupportedFile:
      return Explained(
        "格式不支持", "Unsupported file", "文件的内容不是可读取的格式，整个文件未读取。",
        "The content is of a kind that is not read; nothing of the file is used.")
    default:
      return Explained(
        "文件读取失败", "Unreadable file", "文件打不开或未能读完，其数字不完整。",
        "The file cannot be opened or read to its end; its figures are incomplete.")
    }
  }

  private static func explainedWarning(_ code: FindingCode) -> Explained {
    switch code {
    case .unreadableOptional:
      return Explained(
        "选填项无法识别", "Optional field is unreadable", "选填的单元格无法识别，按空值处理。",
        "An optional cell cannot be read and counts as empty.")
    case .dueBeforeRaised:
      return Explained(
        "时限早于提出", "Due before raised", "时限早于提出日期，该行采用。",
        "The due day is before the day of raising; the row is kept.")
    case .undeclaredValue:
      return Explained(
        "未列入的取值", "Value that is not listed", "取值不在 hospital.yaml 所列之内，该行采用。",
        "A value that the list in hospital.yaml does not have; the row is kept.")
    case .beforeJoining:
      return Explained(
        "入职前参加", "Took part before joining", "活动日期早于入职日期，该行采用。",
        "The event is before the person's joining day; the row is kept.")
    case .afterLeaving:
      return Explained(
        "离职后参加", "Took part after leaving", "活动日期晚于离职日期，该行采用。",
        "The event is after the person's leaving day; the row is kept.")
    case .headCountDiffers:
      return Explained(
        "填报人数与名单不一致", "Head count and list differ", "填报人数与名单人数不同，按名单统计。",
        "The stated head count differs from the list, which is counted.")
    case .inTheFuture:
      return Explained(
        "将来的日期", "Date in the future", "日期在将来，该行采用。", "A date lies in the future; the row is kept.")
    default: return explainedColumn(code)
    }
  }

  private static func explainedColumn(_ code: FindingCode) -> Explained {
    switch code {
    case .repeatedColumn:
      return Explained(
        "列重复", "Repeated column", "两列表头含义相同，只采用前一列。",
        "Two headings mean the same; the first column is used.")
    case .unusedFile:
      return Explained(
        "文件未使用", "File is not used", "文件不属于任何已有的数据来源，未读取。",
        "The file belongs to no source that is there; it is not read.")
    case .unusedColumn:
      return Explained(
        "未采用的列", "Unused column", "表头不在约定之内，该列不采用。",
        "A heading that is not known; its column is not used.")
    case .tooManyValues:
      return Explained(
        "取值过多的列", "Too many values", "分类列的不同取值超过 1024 个，该列各行按未填写处理。",
        "A column of categories has more than 1,024 different values; it counts as not stated in all rows."
      )
    default:
      return Explained(
        "单元格多于表头", "More cells than headings", "该行单元格多于表头，多出部分不采用。",
        "The row has more cells than there are headings; the surplus is not used.")
    }
  }
}
