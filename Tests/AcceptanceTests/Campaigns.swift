extension CampaignTests.Campaign {
  static let all = [shiyan, honghu, changzhou, shijiazhuang, xiangya]

  /// Figures of the whole hospital.
  private static func hospital(
    _ values: [String: Int]
  ) -> [(metric: String, scope: String, member: String, value: String)] {
    values.sorted { $0.key < $1.key }.map { ($0.key, "hospital", "", "\($0.value)") }
  }

  /// Figures of the values of a column.
  private static func split(
    _ metric: String, by scope: String, _ values: [String: Int]
  ) -> [(metric: String, scope: String, member: String, value: String)] {
    values.sorted { $0.key < $1.key }.map { (metric, scope, $0.key, "\($0.value)") }
  }

  private static let shiyan = Self(
    name: "shiyan-2023", arguments: ["--period", "2023H1"], period: "2023H1",
    figures: hospital([
      "elections.events": 26, "staff.employees": 763, "duties.raised": 61, "training.people": 796,
      "training.events": 467, "training.participations": 5863, "drills.events": 131,
      "drills.participations": 1520, "assessments.events": 58, "assessments.participations": 1631,
      "issues.people": 796, "volunteers.registered": 740, "neighbourhoods.people": 763,
      "commitments.raised": 864, "consultations.events": 199, "policies.raised": 13,
      "awards.events": 3,
    ])
      + split("issues.raised", by: "issues.level", ["hospital": 18, "individual": 1476])
      + split("issues.with_measure", by: "issues.level", ["hospital": 18, "individual": 1476])
      + split("tasks.raised", by: "tasks.level", ["hospital": 9, "individual": 159])
      + split("outreach.events", by: "outreach.form", ["名医下基层": 4])
      + split(
        "awards.events", by: "awards.form",
        ["志愿服务项目大赛银奖": 1, "创新创业大赛一等奖": 1, "创新创业大赛三等奖": 1]),
    targets: [
      ("everybody_trains", "met", "1"), ("drills", "met", "131"), ("named_doctors", "met", "4"),
      ("policies", "met", "13"), ("everybody_screened", "met", "796"),
    ],
    sentences: ["本院设 61 个科室，26 个党支部", "支部定级：", "得分最高的科室："],
    sheets: [
      "支部换届", "职工与志愿者", "科主任包联任务", "集中学习培训", "演练", "测试与比武", "问题整改", "台账运行", "办实事", "社区报到", "承诺事项",
      "共商共议", "义诊与健康宣教", "建章立制", "参赛获奖", "考核评分", "评分说明", "未销号事项",
    ])

  private static let honghu = Self(
    name: "honghu-2021", arguments: ["--phase", "ice_breaking"], period: "2021-09-01..2021-12-31",
    figures: split(
      "issues.raised", by: "issues.category",
      [
        "政治站位模糊弱化": 22, "思想观念陈旧僵化": 51, "责任担当推卸软化": 34, "标准质量应付矮化": 47,
        "进取精神疲沓钝化": 38, "服务意识被动淡化": 49, "工作作风漂浮虚化": 39,
      ])
      + split(
        "issues.raised", by: "issues.source",
        ["自己查": 142, "上级点": 21, "群众提": 47, "集体议": 44, "基层评": 26])
      + split(
        "projects.raised", by: "projects.category",
        ["重大政策争取": 1, "重大项目落地": 1, "重大瓶颈破解": 2, "重大要素保障": 2, "重大改革创新": 2]),
    targets: [("everybody_studies", "met", "1"), ("hard_items", "met", "1")],
    sentences: [
      "思想破冰大讨论工作成效统计报告", "学习提升（2021-09-01 至 2021-09-15，已结束）",
      "查摆剖析（2021-09-16 至 2021-09-30，已结束）", "调研讨论（2021-10-01 至 2021-10-31，已结束）",
      "整改落实（2021-11-01 至 2021-12-31，已结束）", "按方面分：查站位看忠诚 24", "“回头看”情况", "支部定级：好",
    ],
    sheets: ["目标完成", "台账运行", "回头看", "重点项目清单", "考核评分"])

  private static let changzhou = Self(
    name: "changzhou-2018", arguments: ["--phase", "liberation"], period: "2018-05-21..2018-12-31",
    figures: hospital(["topics.raised": 20, "gaps.raised": 8, "benchmark_visits.events": 2]),
    targets: [
      ("benchmarks", "met", "2"), ("gaps", "met", "8"), ("topics", "met", "20"),
      ("plan_study", "met", "8"), ("plan_research", "met", "4"), ("plan_discussion", "met", "2"),
      ("cadres_study", "met", "1"),
    ],
    sentences: [
      "动员部署（2018-05-21 至 2018-05-31，已结束）", "学习调研（2018-06-01 至 2018-07-31，已结束）",
      "成果转化（2018-08-01 至 2018-12-10，已结束）", "总结深化（2018-12-11 至 2018-12-31，已结束）", "领导干部", "临床专家",
      "全体职工",
    ],
    sheets: ["目标完成", "对标学习考察", "对标差距清单", "调研课题清单", "人群分类", "考核评分"])

  private static let shijiazhuang = Self(
    name: "shijiazhuang-2015", arguments: ["--phase", "discussion"],
    period: "2015-11-03..2016-06-30",
    figures: split(
      "suggestions.raised", by: "suggestions.source",
      ["民主评议": 22, "座谈会": 41, "信函": 9, "信箱": 17, "调查问卷": 58, "网络征集": 25, "蹲点调研": 14])
      + split(
        "suggestions.raised", by: "suggestions.category",
        ["便民惠民": 52, "医疗服务": 48, "医院管理": 37, "干部队伍作风建设": 21, "专科专病建设": 28])
      + hospital(["projects.raised": 8]),
    targets: [
      ("leaders_study", "met", "1"), ("managers_study", "failed", "0.9583333333333334"),
      ("suggestions", "met", "186"), ("key_projects", "failed", "5"),
    ],
    sentences: [
      "学习动员（2015-11-03 至 2015-11-20，已结束）", "征求意见（2015-11-21 至 2015-12-20，已结束）",
      "讨论查摆（2015-12-21 至 2016-02-28，已结束）", "整改提升（2016-03-01 至 2016-06-30，已结束）",
      "破封闭立开放 8、破守旧立创新 9、破懒散立勤勉 7、破推诿立担当 9、破粗放立精细 11、破冷漠立热情 9、破本位立协作 8、破空谈立实干 9",
    ],
    sheets: ["目标完成", "台账运行", "重点项目清单", "未销号事项"])

  private static let xiangya = Self(
    name: "xiangya-2023", arguments: ["--period", "2023H1"], period: "2023H1",
    figures: split(
      "tasks.raised", by: "tasks.category",
      ["动员部署": 3, "理论学习": 4, "调查研究": 4, "推动发展": 5, "检视整改": 4, "建章立制": 4])
      + split("studies.events", by: "studies.form", ["中心组研讨": 3, "集中学习日": 6])
      + split("topics.raised", by: "topics.category", ["领导班子调研": 12, "职能部门调研": 10])
      + hospital([
        "micro_lectures.events": 23, "dispatches.events": 55, "donations.participations": 459,
        "policies.raised": 13,
      ]),
    targets: [
      ("seminars", "met", "3"), ("study_day", "met", "6"), ("leaders_topics", "met", "1"),
      ("policies", "met", "13"),
    ],
    sentences: ["老问题未销号", "新问题未销号", "开展党员下沉 55 场次"],
    sheets: ["办实事清单", "台账运行", "专题学习与党课", "微党课大赛", "党员下沉", "爱心校服捐赠", "目标完成", "调研课题清单", "建章立制清单"])
}
