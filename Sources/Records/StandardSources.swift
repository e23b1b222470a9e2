extension TableSchema {
  public static let departments = TableSchema(
    file: "departments",
    fields: [
      Field(.id, "id", .text, required: true, aliases: ["科室编号", "科室编码", "科室代码", "编号", "编码", "代码"]),
      Field(.name, "name", .text, required: true, aliases: ["科室名称", "科室", "名称", "部门名称", "部门"]),
      Field(.aliases, "aliases", .text, aliases: ["别名", "简称", "曾用名"]),
      Field(.category, "category", .text, aliases: ["类别", "科室类别", "分类", "类型"]),
      Field(.branch, "branch", .text, aliases: ["支部", "党支部", "所属支部", "所在支部"]),
      Field(.pairedWith, "paired_with", .text, aliases: ["包联科室", "包联", "结对科室"]),
      Field(.openedOn, "opened_on", .day, aliases: ["成立日期", "设立日期", "启用日期"]),
      Field(.closedOn, "closed_on", .day, aliases: ["撤销日期", "撤并日期", "停用日期"]),
      Field(.successor, "successor", .text, aliases: ["并入科室", "承接科室", "继任科室"]),
    ])

  /// Where people worked from when until when: their transfers.
  public static let staffAssignments = TableSchema(
    file: "staff_assignments",
    fields: [
      Field(
        .person, "staff_id", .reference, required: true,
        aliases: ["工号", "职工编号", "人员编号", "员工编号", "姓名", "人员"]),
      .department(aliases: ["任职科室", "所在科室", "所属科室"]),
      Field(
        .beginsOn, "from", .day, required: true,
        aliases: ["开始日期", "起始日期", "调入日期", "自"]),
      Field(.endsOn, "to", .day, aliases: ["结束日期", "截止日期", "调出日期", "至"]),
    ])

  public static let staff = TableSchema(
    file: "staff",
    fields: [
      Field(.id, "id", .text, required: true, aliases: ["工号", "职工编号", "人员编号", "员工编号", "编号"]),
      Field(.name, "name", .text, aliases: ["姓名", "职工姓名", "名字"]),
      .department(aliases: ["所在科室", "所属科室"]),
      Field(.role, "role", .text, aliases: ["职务", "岗位", "角色"]),
      Field(
        .employment, "employment", .choice(Choices.employment, isOpen: true),
        aliases: ["用工性质", "人员性质", "用工形式", "编制"]),
      Field(.group, "group", .label, aliases: ["人群", "群体", "分组"]),
      Field(.partyMember, "party_member", .flag, aliases: ["党员", "是否党员", "中共党员"]),
      Field(.volunteer, "volunteer", .flag, aliases: ["志愿者", "注册志愿者", "是否志愿者", "是否注册志愿者"]),
      Field(.joinedOn, "joined_on", .day, aliases: ["入职日期", "到岗日期", "入院日期", "入职时间"]),
      Field(.leftOn, "left_on", .day, aliases: ["离职日期", "离岗日期", "离院日期", "离职时间"]),
    ])

  /// The events of an activity; `subject` is the canonical heading of what the event was about.
  static func events(
    _ file: String, subject: String, extra: [Field] = []
  ) -> TableSchema {
    TableSchema(
      file: file,
      fields: [
        Field(
          .id, "id", .text, required: true,
          aliases: ["编号", "场次编号", "活动编号", "培训编号", "演练编号", "考核编号", "序号"]),
        Field(
          .date, "date", .day, required: true,
          aliases: ["日期", "活动日期", "培训日期", "演练日期", "考核日期", "时间"]),
        .department(aliases: ["主办科室", "组织科室", "举办科室", "承办科室"]),
        Field(
          .subject, subject, .text,
          aliases: ["主题", "题目", "内容", "活动名称", "名称", "场景", "演练内容", "培训内容", "项目名称"]),
        Field(.form, "form", .label, aliases: ["形式", "方式", "活动形式", "培训形式", "演练形式"]),
        .hours,
        Field(
          .participants, "participants", .count,
          aliases: ["参加人数", "参与人数", "人数", "参训人数", "人次", "参加人次"]),
        Field(.shift, "shift", .label, aliases: ["班次", "值班班次", "班别"]),
      ] + extra)
  }

  /// The participations in an activity; `event` is the canonical heading of the event's id.
  static func participation(_ file: String, event: String) -> TableSchema {
    TableSchema(
      file: file,
      fields: [
        Field(
          .event, event, .reference, required: true,
          aliases: ["event_id", "场次编号", "活动编号", "培训编号", "演练编号", "考核编号", "学习编号", "编号"]),
        Field(
          .person, "staff_id", .reference, required: true,
          aliases: ["工号", "职工编号", "人员编号", "员工编号", "姓名", "人员"]),
        .hours,
      ] + results)
  }

  /// The columns that give an activity its mean score and pass rate, where a file has them.
  static let results = [
    Field(.score, "score", .amount, aliases: ["成绩", "得分", "分数"]),
    Field(.passed, "passed", .flag, aliases: ["合格", "是否合格", "通过", "是否通过"]),
  ]

  static let place = Field(.place, "place", .text, aliases: ["地点", "场所", "活动地点"])
  static let kind = Field(
    .kind, "kind", .choice(Choices.kind, isOpen: true), aliases: ["类型", "类别", "考核类型", "种类"])

  /// A ledger: all ledgers have the same columns.
  static func ledger(_ file: String) -> TableSchema {
    TableSchema(
      file: file,
      fields: [
        Field(.id, "id", .text, required: true, aliases: ["编号", "问题编号", "事项编号", "序号"]),
        Field(
          .level, "level", .choice(Choices.level, isOpen: false), aliases: ["层级", "级别", "问题层级"]),
        .department(aliases: ["责任科室", "责任部门", "牵头科室", "承办科室"]),
        Field(.person, "staff_id", .reference, aliases: ["工号", "职工编号", "人员编号", "个人", "姓名"]),
        Field(.category, "category", .label, aliases: ["类别", "分类", "问题类别", "问题类型"]),
        Field(.source, "source", .label, aliases: ["来源", "问题来源", "渠道"]),
        Field(
          .raisedOn, "raised_on", .day, required: true,
          aliases: ["提出日期", "登记日期", "发现日期", "查摆日期", "提出时间"]),
        Field(.measure, "measure", .text, aliases: ["整改措施", "措施", "办理措施"]),
        Field(.owner, "owner", .text, aliases: ["责任人", "负责人", "承办人"]),
        Field(.dueOn, "due_on", .day, aliases: ["整改时限", "完成时限", "期限", "时限", "计划完成日期", "承诺期限"]),
        Field(.closedOn, "closed_on", .day, aliases: ["销号日期", "完成日期", "办结日期", "销号时间"]),
        Field(.recheckedOn, "rechecked_on", .day, aliases: ["回头看日期", "复查日期", "回访日期"]),
        Field(
          .recheckResult, "recheck_result", .choice(Choices.recheck, isOpen: false),
          aliases: ["回头看结果", "复查结果"]),
        Field(.subject, "title", .text, aliases: ["事项名称", "问题描述", "项目名称", "课题名称", "题目"]),
        Field(.aspect, "aspect", .label, aliases: ["方面", "查摆方面", "对照检查"]),
        Field(
          .origin, "origin", .choice(Choices.origin, isOpen: false),
          aliases: ["新旧", "问题性质", "存量增量"]),
        Field(.postponedTo, "postponed_to", .day, aliases: ["延期至", "延期时限", "延期日期"]),
        Field(.postponedOn, "postponed_on", .day, aliases: ["批准延期日期", "延期批准日期"]),
        Field(.leader, "leader", .text, aliases: ["牵头领导", "包联领导", "分管领导"]),
        Field(.acceptance, "acceptance_standard", .text, aliases: ["验收标准", "完成标准", "目标要求"]),
      ])
  }
}

extension Field {
  static func department(aliases: [String]) -> Field {
    Field(
      .department, "department_id", .reference, required: true,
      aliases: aliases + ["department", "科室编号", "科室编码", "科室代码", "科室", "科室名称", "部门", "部门名称"])
  }
  static let hours = Field(
    .hours, "hours", .amount, aliases: ["学时", "时长", "课时", "小时", "小时数", "服务时长"])
}

/// What departments write for the few values that the program tells apart; keys are lower case.
enum Choices {
  static let employment = [
    "employee": "employee", "trainee": "trainee", "职工": "employee", "在编": "employee",
    "正式": "employee", "正式职工": "employee", "聘用": "employee", "合同制": "employee",
    "规培": "trainee", "规培生": "trainee", "实习": "trainee", "实习生": "trainee", "进修": "trainee",
    "进修生": "trainee", "学员": "trainee",
  ]
  static let kind = [
    "test": "test", "competition": "competition", "测试": "test", "考试": "test", "考核": "test",
    "集中测试": "test", "竞赛": "competition", "比武": "competition", "业务比武": "competition",
    "技能比武": "competition", "技能竞赛": "competition",
  ]
  static let level = [
    "hospital": "hospital", "department": "department", "individual": "individual",
    "医院": "hospital", "院级": "hospital", "医院级": "hospital", "科室": "department",
    "科级": "department", "科室级": "department", "个人": "individual", "个人级": "individual",
  ]
  /// Old problems are those of earlier inspections, new ones are handled as they appear.
  static let origin = [
    "old": "old", "new": "new", "旧": "old", "老": "old", "老问题": "old", "存量": "old", "历史遗留": "old",
    "新": "new", "新问题": "new", "增量": "new",
  ]
  static let recheck = [
    "passed": "passed", "reopened": "reopened", "合格": "passed", "通过": "passed",
    "已巩固": "passed", "重新整改": "reopened", "反弹": "reopened", "重开": "reopened", "未通过": "reopened",
    "不合格": "reopened",
  ]
}

extension Source {
  /// An activity whose files and columns follow the usual pattern.
  public static func activity(
    _ name: String, _ title: Bilingual, events: String, participation: String, event: String,
    subject: String = "title", extra: [Field] = [],
    isOpen: Bool = false
  ) -> Source {
    // A source that a hospital adds may have any of the columns that the standard ones have.
    let extra = isOpen ? [TableSchema.kind, TableSchema.place] : extra
    return Source(
      name: name, family: .activity, title: title,
      records: .events(events, subject: subject, extra: extra),
      participation: .participation(participation, event: event))
  }

  public static func ledger(_ name: String, _ title: Bilingual, file: String? = nil) -> Source {
    Source(name: name, family: .ledger, title: title, records: .ledger(file ?? name))
  }

  /// The sources that the contract names, in the order of reports.
  public static let standard: [Source] = [
    .activity(
      "training", Bilingual(zh: "集中学习培训", en: "Training"), events: "training_sessions",
      participation: "training_attendance", event: "session_id", subject: "topic"),
    .activity(
      "drills", Bilingual(zh: "演练", en: "Drills"), events: "drills",
      participation: "drill_participation", event: "drill_id", subject: "scenario"),
    .activity(
      "assessments", Bilingual(zh: "测试与比武", en: "Tests and competitions"),
      events: "assessments", participation: "assessment_results", event: "assessment_id",
      extra: [TableSchema.kind]),
    .activity(
      "studies", Bilingual(zh: "专题学习与党课", en: "Study sessions and lectures"),
      events: "studies", participation: "study_attendance", event: "study_id", subject: "topic"),
    .activity(
      "outreach", Bilingual(zh: "义诊与健康宣教", en: "Outreach"), events: "outreach",
      participation: "outreach_participation", event: "outreach_id", extra: [TableSchema.place]),
    .activity(
      "volunteering", Bilingual(zh: "志愿服务", en: "Volunteering"),
      events: "volunteer_activities", participation: "volunteer_participation",
      event: "activity_id", extra: [TableSchema.place]),
    .ledger("issues", Bilingual(zh: "问题整改", en: "Issues")),
    .ledger("commitments", Bilingual(zh: "承诺事项", en: "Commitments")),
    .ledger("tasks", Bilingual(zh: "办实事", en: "Practical tasks")),
    .ledger("topics", Bilingual(zh: "调研课题", en: "Research topics")),
    .ledger("suggestions", Bilingual(zh: "意见建议", en: "Suggestions")),
    .ledger("projects", Bilingual(zh: "重点项目", en: "Key projects")),
    .ledger("policies", Bilingual(zh: "建章立制", en: "Policies")),
  ]
}
