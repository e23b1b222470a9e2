import Records

/// What forms say, in both languages.
enum FormWords {
  static func title(of table: TableSchema, source: Source?) -> Bilingual {
    switch table.file {
    case "departments": return Bilingual(zh: "科室名录", en: "Departments")
    case "staff": return Bilingual(zh: "职工名册", en: "Staff")
    case "staff_assignments": return Bilingual(zh: "人员任职变动表", en: "Transfers of staff")
    case "submissions": return Bilingual(zh: "报送登记", en: "Register of submissions")
    default:
      guard let source else { return Bilingual(zh: table.file, en: table.file) }
      let isList = table.file == source.participation?.file
      return Bilingual(
        zh: source.title.chinese + (isList ? "参加名单" : source.family == .ledger ? "台账" : "登记表"),
        en: source.title.english + (isList ? ": who took part" : ""))
    }
  }

  /// How the form is filled in, whatever its columns are.
  static func rules(of table: TableSchema) -> [Bilingual] {
    [
      Bilingual(
        zh: "只在“填报”表中填写，一行一条；标 * 的列必填，其余可以空着。第 2 行是示例，不计入统计，可以保留也可以删除。",
        en:
          "Fill in the sheet 'Form', one row each; columns with * are needed, others may stay empty. "
          + "Row 2 is an example, is never counted, and may stay."),
      Bilingual(
        zh: "日期写成 2023-06-05，也可写 2023/6/5、2023年6月5日；不要只写两位年份，也不要写“上旬”“第三周”。",
        en: "Write a day as 2023-06-05; no years of two digits, no spans of days."),
      Bilingual(
        zh: "科室、人员可写编号、名称或别名，但须与名录一致；同名的请写编号。",
        en:
          "A department or person is named by id, name or alias as listed; of two with one name, by id."
      ),
      Bilingual(
        zh: "编号全表不得重复，各科室分别报送时编号前可加科室简称，如 内科-01。合计行、说明行可以有，不会当作记录。",
        en:
          "An id stands once in all files of the table; departments that report apart may put their own "
          + "letters before it, as IM-01. Totals and notes below are recognised."),
      Bilingual(
        zh: "填好后保存为 \(table.file).xlsx 放回工作文件夹；各科室分别报送时，放入文件夹 \(table.file)/，文件名用科室名称。",
        en:
          "Save it as \(table.file).xlsx in the workspace; where departments report apart, put the files "
          + "into the folder \(table.file)/, each named after its department."),
    ]
  }

  /// The columns of a form: those of the contract, as many as go on a page. Others may be added by hand.
  static func fields(of table: TableSchema) -> [Field] {
    table.fields.filter { offered.contains($0.role) }
  }

  private static let offered: Set<Role> = [
    .id, .name, .aliases, .category, .branch, .pairedWith, .department, .person, .event, .role,
    .employment, .group, .partyMember, .volunteer, .joinedOn, .leftOn, .date, .subject, .form,
    .kind,
    .place, .hours, .participants, .score, .passed, .level, .source, .raisedOn, .measure, .owner,
    .dueOn, .closedOn, .recheckedOn, .recheckResult, .period, .beginsOn, .endsOn,
  ]

  static func width(of field: Field) -> Double {
    switch field.role {
    case .subject, .measure: return 28
    case .id, .event, .name, .aliases, .department, .place: return 18
    default: return 13
    }
  }

  /// What is expected in a cell of the column, shown when it is chosen.
  static func expectation(of field: Field) -> Bilingual {
    switch field.kind {
    case .day: return Bilingual(zh: "填一个日期，如 2023-06-05", en: "a day, as 2023-06-05")
    case .amount: return Bilingual(zh: "填数字，如 1.5，不小于 0", en: "a number from 0, as 1.5")
    case .count: return Bilingual(zh: "填整数，如 12，不小于 0", en: "a whole number from 0, as 12")
    case .flag: return Bilingual(zh: "填 是 或 否，空着为否", en: "yes or no; empty is no")
    case .choice: return Bilingual(zh: "请从下拉列表中选择", en: "choose from the list")
    case .reference:
      return Bilingual(zh: "填编号、名称或别名，须与名录一致", en: "an id, name or alias as listed")
    case .text, .label: return Bilingual(zh: "填文字", en: "a text")
    }
  }

  /// What a column means.
  static func explanation(of field: Field, in table: TableSchema) -> Bilingual {
    let expected = expectation(of: field)
    guard let meaning = meaning(of: field.role, in: table) else { return expected }
    return Bilingual(
      zh: meaning.chinese + "；" + expected.chinese, en: meaning.english + "; " + expected.english)
  }

  private static func meaning(of role: Role, in table: TableSchema) -> Bilingual? {
    switch role {
    case .id: return Bilingual(zh: "本表中唯一的编号", en: "what identifies the row, once in the table")
    case .event: return Bilingual(zh: "场次、活动的编号，与登记表一致", en: "the id of the event")
    case .person: return Bilingual(zh: "人员的工号或姓名", en: "the person's id or name")
    case .department: return Bilingual(zh: "科室", en: "the department")
    case .aliases: return Bilingual(zh: "其他叫法，用分号隔开", en: "further names, separated by ;")
    case .date:
      return table.file == "submissions"
        ? Bilingual(zh: "收到的日期", en: "the day on which it came")
        : Bilingual(zh: "活动日期", en: "the day of the event")
    case .period:
      return Bilingual(zh: "所报的期间，如 2023H1、2023-05", en: "what it is about, as 2023H1 or 2023-05")
    case .hours: return Bilingual(zh: "每人的学时或时长（小时）", en: "hours of each person")
    case .participants:
      return Bilingual(zh: "参加人数；有参加名单的可不填", en: "head count, where there is no list")
    case .employment:
      return Bilingual(zh: "用工性质；空着为职工", en: "the kind of employment; empty is employee")
    case .beginsOn:
      return Bilingual(zh: "在该科室任职的第一天", en: "the first day in this department")
    case .endsOn:
      return Bilingual(zh: "在该科室任职的最后一天；仍在任的不填", en: "the last day in it; empty while it lasts")
    case .joinedOn: return Bilingual(zh: "到岗第一天", en: "the first day of work")
    case .leftOn: return Bilingual(zh: "离岗前最后一天；在岗的不填", en: "the last day of work")
    case .raisedOn: return Bilingual(zh: "提出的日期", en: "the day on which it was raised")
    case .dueOn: return Bilingual(zh: "承诺完成的日期", en: "the promised day")
    case .closedOn: return Bilingual(zh: "销号的日期；未销号的不填", en: "the day of closing; empty while open")
    case .recheckedOn: return Bilingual(zh: "回头看的日期", en: "the day of the re-check")
    case .passed: return Bilingual(zh: "是否合格；空着为未注明", en: "whether passed; empty is not stated")
    default: return nil
    }
  }

  /// A cell of the example row; the names are invented.
  static func example(of field: Field, in table: TableSchema) -> Bilingual {
    switch field.kind {
    case .day: return dayExample(field.role)
    case .amount:
      return field.role == .score ? Bilingual(zh: "92.5", en: "92.5") : Bilingual(zh: "2", en: "2")
    case .count: return Bilingual(zh: "30", en: "30")
    case .flag: return Bilingual(zh: "是", en: "yes")
    case .choice(let choices, _):
      let meaning = Set(choices.values).min() ?? ""
      let word = choices.filter { $0.value == meaning && !$0.key.utf8.allSatisfy { $0 < 0x80 } }
      return Bilingual(zh: word.keys.min() ?? meaning, en: meaning)
    case .reference, .text, .label: return textExample(field.role)
    }
  }

  private static func dayExample(_ role: Role) -> Bilingual {
    switch role {
    case .dueOn: return Bilingual(zh: "2023-04-30", en: "2023-04-30")
    case .closedOn: return Bilingual(zh: "2023-04-20", en: "2023-04-20")
    case .recheckedOn: return Bilingual(zh: "2023-06-20", en: "2023-06-20")
    case .leftOn, .endsOn: return Bilingual(zh: "", en: "")
    default: return Bilingual(zh: "2023-03-15", en: "2023-03-15")
    }
  }

  private static func textExample(_ role: Role) -> Bilingual {
    switch role {
    case .department, .name: return Bilingual(zh: "内科", en: "Internal Medicine")
    case .person: return Bilingual(zh: "1001", en: "1001")
    case .aliases: return Bilingual(zh: "大内科；普内", en: "IM; Medicine")
    case .period: return Bilingual(zh: "2023H1", en: "2023H1")
    case .category: return Bilingual(zh: "临床", en: "clinical")
    case .branch: return Bilingual(zh: "第一支部", en: "First branch")
    case .subject: return Bilingual(zh: "心肺复苏操作培训", en: "Resuscitation")
    case .form: return Bilingual(zh: "操作演示", en: "demonstration")
    case .place: return Bilingual(zh: "门诊楼前", en: "entrance hall")
    case .source: return Bilingual(zh: "自己查", en: "found ourselves")
    case .measure: return Bilingual(zh: "每周一查房时抽查", en: "a check every Monday")
    case .owner: return Bilingual(zh: "科主任", en: "head of department")
    default: return Bilingual(zh: "", en: "")
    }
  }
}
