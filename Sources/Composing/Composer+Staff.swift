import Comparing
import Records
import ReportModel

extension Composer {
  /// The head counts that coverage and the other rates are divided by.
  func staffSection() -> Section {
    let metrics = self.metrics("staff", [.headcount, .employees])
    let bars: Set<Measure> = [.headcount]
    return Section(
      name: words("机构与职工", "Organisation and staff"),
      title: words("机构与职工", "Organisation and staff"),
      purpose: words("科室、支部与期末在岗人数。", "Departments, branches and head counts at the end."),
      lead: staffSentences,
      blocks: groupTables("staff", FigureColumn.figures(metrics, bars: bars)).map(Block.table),
      notes: [
        words(
          "在岗人数含规培、进修等全部用工性质，离职当日仍算在岗；职工人数不含规培、进修人员。",
          "The head count has every employment, and whoever leaves on the last day; employees are "
            + "those who are not trainees.")
      ])
  }

  var staffSentences: [String] {
    let branches = figures.members(.branch).filter { !$0.isEmpty }.count
    var organisation = [words("本院设{1}", "The hospital has {1}", departmentCount)]
    if branches > 0 {
      let amount = words.amount(branches, "个党支部", "party branch", "party branches")
      organisation.append(words("{1}", "{1}", amount))
    }
    let counts = [
      metric("staff", .headcount).map { clause($0, ("期末在岗 {1}", "head count {1}")) },
      metric("staff", .employees).map { clause($0, ("其中职工 {1}", "employees {1}")) },
    ]
    return [words.sentence([words.joined(organisation)] + counts.compactMap { $0 })]
  }

  private var departmentCount: String {
    words.language == .chinese
      ? " " + words.departments(figures.departments.count)
      : words.departments(figures.departments.count)
  }

  /// Registered volunteers; nil where the staff list does not tell them.
  func volunteerSection() -> Section? {
    let columns = [
      metric("staff", .employees).map { FigureColumn.figure($0, bar: false) },
      metric("volunteers", .registered).map { FigureColumn.figure($0, bar: true) },
      metric("volunteers", .registrationRate).map { FigureColumn.figure($0, bar: false) },
    ].compactMap { $0 }
    guard columns.count == 3 else { return nil }
    return Section(
      name: words("志愿者", "Volunteers"), title: words("注册志愿者", "Registered volunteers"),
      purpose: words("注册志愿者人数与注册率。", "How many employees are registered, and what part of all."),
      lead: volunteerSentences, blocks: groupTables("volunteers", columns).map(Block.table),
      notes: [
        words(
          "注册率以职工人数为分母，不含规培、进修人员。",
          "The rate is divided by the employees; trainees are not among them.")
      ])
  }

  var volunteerSentences: [String] {
    guard let registered = metric("volunteers", .registered),
      let rate = metric("volunteers", .registrationRate)
    else { return [] }
    return [
      words.sentence([
        clause(registered, ("注册志愿者 {1}", "Registered volunteers: {1}")),
        rateClause(rate, ("注册率 {1}", "registration rate {1}")),
      ])
    ]
  }

  private func groupTables(_ id: String, _ columns: [FigureColumn]) -> [Table] {
    var tables: [Table] = []
    if figures.standardScopes.contains(.category) {
      tables.append(
        table(
          id: "\(id)_categories", title: words("按科室类别", "By category of department"),
          rows(.category), columns))
    }
    if figures.standardScopes.contains(.branch) {
      tables.append(
        table(
          id: "\(id)_branches", title: words("按党支部", "By party branch"), rows(.branch), columns))
    }
    tables.append(
      table(
        id: "\(id)_departments", title: words("按科室", "By department"), departmentRows, columns))
    return tables
  }
}
