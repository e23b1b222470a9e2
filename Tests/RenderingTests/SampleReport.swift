import Records
import ReportModel

/// A report with everything that a renderer must cope with.
enum SampleReport {
  static let day = Day(year: 2023, month: 6, day: 30)!

  static func chinese() -> Report {
    Report(
      language: .chinese, title: "2023 年上半年工作成效报告", organisation: "某市中医医院",
      pageNote: "2023 年上半年（1 月 1 日至 6 月 30 日），数据截至 2023 年 6 月 30 日", asOf: day,
      cover: [
        Fact(label: "统计期", value: "2023 年 1 月 1 日至 6 月 30 日"),
        Fact(label: "对比口径", value: "环比：2022 年下半年；同比：2022 年上半年"),
        Fact(label: "数值修约", value: "四舍五入，只在显示时修约一次"),
        Fact(label: "审核人", value: ""), Fact(label: "签发人", value: ""),
      ],
      dataState: [
        "应报 61 个科室，已报 59 个；未报送：康复医学科、病案管理科。",
        "共读取 17,600 行，采用 17,581 行，剔除 19 行，原因见“问题数据”。",
      ],
      sections: [keyFigures, departments, months],
      summary: summary,
      signs: [Sign("–", meaning: "没有可计算的基数"), Sign("…", meaning: "尚未报送")])
  }

  static let keyFigures = Section(
    name: "主要指标", title: "主要指标", purpose: "半年主要数字，与上年同期和上一半年比较。",
    lead: ["上半年全院共举办集中学习培训 467 场，5,863 人次参加，同比增长 12.3%；注册志愿者 740 人，占在职职工 763 人的 97.0%。"],
    blocks: [.table(keyFigureTable)],
    notes: ["覆盖率＝参加培训的在册人数÷期末在册人数。", "销号率＝本期提出并销号的件数÷本期提出的件数；分母少于 10 的不作评价。"])

  static let keyFigureTable = Table(
    id: "KeyFigures", title: "表 1　主要指标",
    columns: [
      Column("指标", kind: .text), Column("单位", kind: .text), Column("本期", kind: .decimal(places: 0)),
      Column("上年同期", kind: .count), Column("同比增减", kind: .difference, note: 1),
      Column("同比", unit: "%", kind: .change(places: 1)),
      Column("百分点变化", kind: .points(places: 1), note: 2),
    ],
    rows: [
      [
        .text("集中学习培训"), .text("场次"), .integer(467), .integer(431), .integer(36), .number(0.0835),
        .blank("–"),
      ],
      [
        .text("培训人次"), .text("人次"), .integer(5863), .integer(5221), .integer(642), .number(0.12296),
        .blank("–"),
      ],
      [
        .text("问题整改"), .text("件"), .integer(1476), .blank("…"), .blank("…"), .blank("新增"),
        .blank("–"),
      ],
      [
        .text("收治总费用（演示很大的数）"), .text("元"), .integer(12_345_678_901), .integer(12_345_678_902),
        .integer(-1), .number(0), .number(-3.25),
      ],
    ])

  static let departments = Section(
    name: "科室", title: "各科室学习培训与问题整改", purpose: "每个科室的场次、人次、人数、覆盖率与问题销号情况。",
    lead: ["参加人次最多的是急诊医学科；覆盖率低于 80% 的科室有 3 个。"],
    blocks: [
      .table(departmentTable),
      .chart(Chart(kind: .bar, title: "各科室培训人次", table: "Departments", category: 0, series: [3])),
    ],
    notes: ["同一人参加两场计 2 人次、1 人。", "人数少于 10 人的科室，其比率不作评价。"])

  static let departmentNames = [
    "急诊医学科", "心血管内科", "神经内科与脑病诊疗中心（含卒中单元、眩晕门诊及神经电生理检查室）", "肺病科", "脾胃病科", "肾病科",
    "针灸推拿科", "骨伤科", "妇产科", "儿科", "重症医学科", "检验科", "医学影像科", "药学部", "护理部", "医务科", "党委办公室",
    "信息科", "后勤保障科", "财务科", "康复医学科", "治未病中心",
  ]

  static let departmentTable: Table = {
    let rows: [[Cell]] = departmentNames.enumerated().map { index, name in
      let events = Int64(60 - 5 * index / 2)
      let people = Int64(12 + (index * 7) % 31)
      let late: Cell = index == 20 ? .blank("未报送") : .number(Double(80 + index % 20) / 100)
      return [
        .text(name), .text(index % 3 == 0 ? "临床" : "职能"), .integer(events), .integer(events * 13),
        .integer(people), late, .integer(people * 2), .number(Double(index) / 22),
        .number(Double(index) - 8.25),
      ]
    }
    let sum = { (column: Int) in
      rows.reduce(Int64(0)) { sum, row in
        if case .integer(let value) = row[column] { sum + value } else { sum }
      }
    }
    return Table(
      id: "Departments", title: "表 2　各科室情况",
      columns: [
        Column("科室", kind: .text), Column("类别", kind: .text),
        Column("场次", unit: "场", kind: .count, derivation: .sum),
        Column(
          "培训人次", unit: "人次", kind: .count, showsBar: true, note: 1, derivation: .sum),
        Column("参加培训人数", unit: "人", kind: .count, derivation: .distinct),
        Column("覆盖率", kind: .share(places: 1), note: 2),
        Column("问题", unit: "件", kind: .count, derivation: .sum),
        Column("销号率", kind: .share(places: 1), showsBar: true),
        Column("销号率同比", unit: "百分点", kind: .points(places: 1)),
      ],
      rows: rows,
      total: [
        .text("全院"), .text(""), .integer(sum(2)), .integer(sum(3)), .integer(401), .number(0.893),
        .integer(sum(6)), .number(0.953), .number(1.25),
      ])
  }()

  private static let monthRows: [[Cell]] = (Int64(1)...6).map { month in
    let closed: Cell = month == 6 ? .blank("–") : .integer(100 + month * 35)
    let taken: Int64 = 700 + month * month * 23
    return [.text("\(month) 月"), .integer(180 + month * 22), closed, .integer(taken)]
  }

  static let months = Section(
    name: "各月", title: "各月进展", purpose: "逐月的培训人次与问题提出、销号。",
    blocks: [
      .table(
        Table(
          id: "Months", title: "表 3　各月进展",
          columns: [
            Column("月份", kind: .text), Column("提出", unit: "件", kind: .count),
            Column("销号", unit: "件", kind: .count), Column("培训人次", unit: "人次", kind: .count),
          ],
          rows: monthRows,
          total: [.text("合计"), .integer(1542), .integer(1025), .integer(6293)])),
      .chart(Chart(kind: .line, title: "问题提出与销号", table: "Months", category: 0, series: [1, 2])),
      .chart(Chart(kind: .column, title: "各月培训人次", table: "Months", category: 0, series: [3])),
    ])

  static let summary: [TextBlock] = [
    .title("某市中医医院 2023 年上半年工作成效"), .heading("一、学习培训"),
    .paragraph("上半年共举办集中学习培训 467 场，5,863 人次参加，同比增长 12.3%。"),
    .list(["未报送：康复医学科、病案管理科。"]), .table(departmentTable),
  ]
}
