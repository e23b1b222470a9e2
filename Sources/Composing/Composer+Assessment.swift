import Comparing
import Records
import ReportModel

extension Composer {
  /// The scores, and how every point of them came about.
  var assessmentSections: [Section] {
    guard let assessment = facts.progress?.assessment else { return [] }
    var tables = [rulesTable(assessment)]
    let branches = figures.members(.branch)
    if !branches.isEmpty {
      let names = branches.map { ValueWords.name($0, words) }
      tables.append(
        scoreTable(
          assessment, assessment.branches, names, id: "scores_branches",
          title: words("党支部评分与定级", "Branches: scores and grades"),
          heading: words("支部", "Branch")))
    }
    tables.append(
      scoreTable(
        assessment, assessment.departments, departmentNames, id: "scores_departments",
        title: words("科室评分", "Departments: scores"), heading: words("科室", "Department")))
    if let heads = headTable(assessment) { tables.append(heads) }
    let score = Section(
      name: words("考核评分", "Assessment"), title: words("考核评分", "Assessment"),
      purpose: words(
        "支部、科室与负责人的得分、名次与等级。", "Scores, ranks and grades of branches, departments and heads."),
      lead: [words.paragraph(assessmentSentences(assessment))], blocks: tables.map(Block.table),
      notes: assessmentNotes(assessment))
    let explained = explanationTable(assessment)
    let explanation = Section(
      name: words("评分说明", "Every point"), title: explained.title,
      purpose: words("每个科室每一分的由来。", "Where every point of every department comes from."),
      blocks: [.table(explained)])
    return [score, explanation]
  }

  private func assessmentNotes(_ assessment: Assessment) -> [String] {
    var notes = [
      words(
        "得分＝各项得分之和×100÷适用项权重之和－扣分；每项按（完成值－零分值）÷（满分值－零分值）折算，不低于零分、不高于满分，四舍五入到 0.01 分。"
          + "没有分母的项目不适用，其权重由其余项目分摊。",
        "Score = sum of the points × 100 ÷ sum of the weights that apply − deductions. A criterion gives "
          + "(value − zero) ÷ (full − zero) of its weight, between none and all, rounded to 0.01. Where "
          + "there is nothing to divide by, a criterion does not apply and its weight is spread."),
      words("同分者名次并列，其后名次顺延。", "Equal scores share a rank; the next ranks are skipped."),
    ]
    if !assessment.rules.pairedCategories.isEmpty {
      notes.append(
        words(
          "{1}类科室按其包联科室得分的平均值评分。",
          "Departments of the category {1} are judged by the mean score of the departments paired with "
            + "them.",
          words.list(assessment.rules.pairedCategories.map { ValueWords.name($0, words) })))
    }
    return notes
  }

  func assessmentSentences(_ assessment: Assessment) -> [String] {
    var sentences: [String] = []
    let scored = assessment.departments.compactMap { $0 }
    sentences.append(
      words(
        "参与评分的科室 {1} 个、支部 {2} 个。", "Scored: {1} departments and {2} branches.",
        words.number(scored.count), words.number(assessment.branches.compactMap { $0 }.count)))
    let grades = assessment.rules.grades.enumerated().map { number, grade in
      words(
        "{1} {2} 个", "{1}: {2}", grade.title[words.language],
        words.number(assessment.branches.count { $0?.grade == number }))
    }
    if !grades.isEmpty {
      sentences.append(words("支部定级：{1}。", "Grades of branches: {1}.", words.list(grades)))
    }
    let first = assessment.departments.indices.filter { assessment.departments[$0]?.rank == 1 }
    if !first.isEmpty, let points = assessment.departments[first[0]]?.points {
      sentences.append(
        words(
          "得分最高的科室：{1}（{2} 分）。", "Highest: {1} ({2} points).",
          words.list(first.map { departmentNames[$0] }), pointsText(points)))
    }
    if !assessment.unknownPartners.isEmpty {
      sentences.append(
        words(
          "包联关系中查不到的科室：{1}。", "Named as a pair, but no department: {1}.",
          words.list(assessment.unknownPartners)))
    }
    return sentences
  }

  private func pointsText(_ points: Int64) -> String {
    words.numbers.ratio(points, over: 100, places: 2)
  }

  private func points(_ points: Int64?) -> Cell {
    points.map { .number(Double($0) / 100) } ?? .blank(NumberText.undefined)
  }

  private var pointsKind: Column.Kind { .decimal(places: 2) }

  /// What is judged, with which weight.
  private func rulesTable(_ assessment: Assessment) -> Table {
    let criteria = assessment.criteria.map { rule, metric -> [Cell] in
      [
        .text(criterionName(metric)), .integer(Int64(rule.weight)),
        .text(value(rule.fullAt, metric)), .text(value(rule.zeroAt, metric)), .text(""),
      ]
    }
    let deductions = assessment.deductions.map { rule, metric -> [Cell] in
      [
        .text(criterionName(metric)), .blank(""), .text(""), .text(""),
        .text(
          words(
            "每{1}扣 {2} 分，最多 {3} 分", "{2} points off for each, {3} at most",
            words.language == .chinese ? words.unit(metric) : "", plain(rule.points),
            plain(rule.atMost))),
      ]
    }
    return Table(
      id: "score_rules", title: words("评分办法", "What is judged"),
      columns: [
        Column(words("项目", "Criterion"), kind: .text), Column(words("权重", "Weight"), kind: .count),
        Column(words("满分值", "Full at"), kind: .text), Column(words("零分值", "None at"), kind: .text),
        Column(words("扣分", "Deduction"), kind: .text),
      ], rows: criteria + deductions)
  }

  private func criterionName(_ metric: SourceMetric) -> String {
    words("{1}·{2}", "{1}: {2}", areaTitle(metric.source), words.title(metric))
  }

  private func value(_ number: ExactNumber, _ metric: SourceMetric) -> String {
    guard metric.metric.kind == .share else { return plain(number) + " " + words.unit(metric) }
    return words.numbers.share(number.numerator, of: number.denominator, places: Wording.places)
  }

  private func plain(_ number: ExactNumber) -> String {
    let isWhole = number.numerator % number.denominator == 0
    return words.numbers.ratio(number.numerator, over: number.denominator, places: isWhole ? 0 : 2)
  }

  private func rankText(_ score: Assessment.Score) -> String {
    score.isTied
      ? words("并列第 {1}", "{1} (shared)", "\(score.rank)") : words("第 {1}", "{1}", "\(score.rank)")
  }

  private func gradeText(_ score: Assessment.Score, _ assessment: Assessment) -> String {
    score.grade.map { assessment.rules.grades[$0].title[words.language] } ?? ""
  }

  /// Members by rank, with the points of each criterion.
  private func scoreTable(
    _ assessment: Assessment, _ scores: [Assessment.Score?], _ names: [String], id: String,
    title: String, heading: String
  ) -> Table {
    let order = scores.indices.filter { scores[$0] != nil }
      .sorted { (scores[$0]?.rank ?? 0, $0) < (scores[$1]?.rank ?? 0, $1) }
    let hasPartners = scores.contains { $0?.partners.isEmpty == false }
    let criteria = assessment.criteria.map { rule, metric in
      Column(
        criterionName(metric), unit: words("满分 {1}", "of {1}", "\(rule.weight)"), kind: pointsKind)
    }
    let minus = assessment.deductions.map {
      Column(words("扣分：{1}", "Off: {1}", criterionName($0.metric)), kind: pointsKind)
    }
    return Table(
      id: id, title: title,
      columns: [
        Column(words("名次", "Rank"), kind: .text), Column(heading, kind: .text),
        Column(words("得分", "Score"), kind: pointsKind, showsBar: true, note: 1),
        Column(words("等级", "Grade"), kind: .text),
      ] + criteria + minus
        + (hasPartners ? [Column(words("包联科室", "Through"), kind: .text, note: 3)] : []),
      rows: order.compactMap { member in
        scores[member].map { score in
          scoreRow(score, names[member], assessment)
            + (hasPartners ? [.text(words.list(score.partners.map { departmentNames[$0] }))] : [])
        }
      })
  }

  private func scoreRow(
    _ score: Assessment.Score, _ name: String, _ assessment: Assessment
  ) -> [Cell] {
    let isOwn = score.partners.isEmpty
    let blank = Cell.blank("")
    return [
      .text(rankText(score)), .text(name), points(score.points),
      .text(gradeText(score, assessment)),
    ]
      + assessment.criteria.indices.map { isOwn ? points(score.criteria[$0].points) : blank }
      + assessment.deductions.indices.map { isOwn ? points(score.deductions[$0].points) : blank }
  }

  /// The heads by post: their names stand in a list that is asked for.
  private func headTable(_ assessment: Assessment) -> Table? {
    let rows = assessment.rankedHeads.compactMap { head, score in score.map { (head, $0) } }
    guard !rows.isEmpty else { return nil }
    return Table(
      id: "scores_heads", title: words("科室负责人评分", "Heads of departments"),
      columns: [
        Column(words("名次", "Rank"), kind: .text), Column(words("科室", "Department"), kind: .text),
        Column(words("职务", "Post"), kind: .text), Column(words("得分", "Score"), kind: pointsKind),
        Column(words("等级", "Grade"), kind: .text),
      ],
      rows: rows.map { head, score in
        [
          .text(rankText(score)), .text(departmentNames[head.department]), .text(head.role),
          points(score.points), .text(gradeText(score, assessment)),
        ]
      })
  }

  /// A row for each criterion and each deduction of each department.
  private func explanationTable(_ assessment: Assessment) -> Table {
    let order = assessment.departments.indices.sorted {
      (assessment.departments[$0]?.rank ?? .max, $0) < (
        assessment.departments[$1]?.rank ?? .max, $1
      )
    }
    return Table(
      id: "score_explanation", title: words("评分说明：每一分的由来", "Where every point comes from"),
      columns: [
        Column(words("科室", "Department"), kind: .text),
        Column(words("项目", "Criterion"), kind: .text),
        Column(words("完成值", "Value"), kind: .text),
        Column(words("满分", "Weight"), kind: .count),
        Column(words("得分", "Points"), kind: pointsKind),
        Column(words("说明", "Remark"), kind: .text),
      ], rows: order.flatMap { explanation(of: $0, assessment) })
  }

  private func explanation(of department: Int, _ assessment: Assessment) -> [[Cell]] {
    let name = Cell.text(departmentNames[department])
    guard let score = assessment.departments[department] else {
      return [
        [
          name, .text(""), .text(""), .blank(""), .blank(NumberText.undefined),
          .text(words("没有适用的项目，不评分", "nothing applies: not scored")),
        ]
      ]
    }
    if !score.partners.isEmpty {
      return score.partners.map { partner in
        [
          name, .text(words("包联科室得分", "Score of a paired department")),
          .text(departmentNames[partner]), .blank(""),
          points(assessment.departments[partner]?.points),
          .text(words("取各包联科室平均 {1} 分", "mean {1}", pointsText(score.points))),
        ]
      }
    }
    let lines = zip(assessment.criteria, score.criteria).map { criterion, line -> [Cell] in
      [
        name, .text(criterionName(criterion.metric)), .text(shown(line.figure, criterion.metric)),
        .integer(Int64(criterion.rule.weight)), points(line.points),
        .text(line.points == nil ? words("没有分母，不适用", "nothing to divide by") : ""),
      ]
    }
    let minus = zip(assessment.deductions, score.deductions).filter { $1.points ?? 0 > 0 }
      .map { deduction, line -> [Cell] in
        [
          name, .text(criterionName(deduction.metric)), .text(shown(line.figure, deduction.metric)),
          .blank(""), points(line.points.map { -$0 }), .text(words("扣分", "deduction")),
        ]
      }
    return lines + minus
  }

  /// A figure with its unit, a rate with its base.
  private func shown(_ figure: Figure, _ metric: SourceMetric) -> String {
    guard figure.isDefined, metric.metric.kind == .share else {
      return words.amount(figure, metric)
    }
    return words(
      "{1}（{2}/{3}）", "{1} ({2}/{3})", words.value(figure, metric.metric),
      words.numbers.count(figure.numerator), words.numbers.count(figure.denominator))
  }
}
