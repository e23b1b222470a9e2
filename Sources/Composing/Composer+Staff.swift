import Comparing
import Records
import ReportModel

extension Composer {
  /// The head counts that the rates are divided by, and the registered volunteers among them.
  func staffSection() -> Section {
    let hasVolunteers = metric("volunteers", .registered) != nil
    let title =
      hasVolunteers
      ? words("机构、职工与志愿者", "Organisation, staff and volunteers")
      : words("机构与职工", "Organisation and staff")
    return Section(
      name: hasVolunteers ? words("职工与志愿者", "Staff and volunteers") : words("职工", "Staff"),
      title: title,
      purpose: words(
        "科室、支部、期末在岗人数与注册志愿者，按类别、支部和科室。",
        "Head counts and registered volunteers by category, branch and department."),
      lead: [words.paragraph((staffSentences + volunteerSentences).map(\.text))],
      blocks: staffBlocks,
      notes: staffNotes.texts, comments: comments(on: "staff") + comments(on: "volunteers"))
  }

  private var staffNotes: SourceNotes {
    var notes = SourceNotes()
    notes.add(
      words(
        "在岗人数含规培、进修等全部用工性质，离职当日仍算在岗；职工人数不含规培、进修人员，为志愿者注册率的分母。",
        "The head count has every employment, and whoever leaves on the last day; employees are "
          + "those who are not trainees, and the base of the registration rate."),
      for: [.headcount, .employees])
    return notes
  }

  private var staffBlocks: [Block] {
    let metrics =
      self.metrics("staff", [.headcount, .employees])
      + self.metrics("volunteers", [.registered, .registrationRate])
    let changes = comparisons.reversed().filter { hasData("staff", window: $0.window) }.compactMap {
      comparison in metric("staff", .headcount).map { FigureColumn.change($0, comparison) }
    }
    let columns = FigureColumn.figures(metrics, bars: [.headcount]) + changes
    let groups: [(Scope, String, String)] = [
      (.category, "categories", words("按科室类别", "By category of department")),
      (.branch, "branches", words("按党支部", "By party branch")),
      (.department, "departments", words("按科室", "By department")),
    ]
    let shown = groups.filter { scope, _, _ in
      figures.standardScopes.contains(scope)
        && (scope != .department || facts.audience.seesDepartments)
    }
    return shown.flatMap { scope, id, title in
      let table = table(
        id: "staff_\(id)", title: title, scope == .department ? departmentRows : rows(scope),
        columns, notes: staffNotes)
      return [.table(table)] + (scope == .category ? headcountChart(table).map(Block.chart) : [])
    }
  }

  private func headcountChart(_ table: Table) -> [Chart] {
    guard (3...12).contains(table.rows.count) else { return [] }
    let title = words("各类别在岗人数", "Head count by category")
    return [Chart(kind: .bar, title: title, table: table.id, category: 0, series: [1])]
  }

  var staffSentences: [Sentence] {
    let branches = figures.members(.branch).filter { !$0.isEmpty }.count
    var organisation = [words("本院设{1}", "The hospital has {1}", departmentCount)]
    if branches > 0 {
      let amount = words.amount(branches, "个党支部", "party branch", "party branches")
      organisation.append(words("{1}", "{1}", amount))
    }
    let counts = [
      metric("staff", .headcount).map { clause(.staffHeadcount, $0) },
      metric("staff", .employees).map { clause(.staffEmployees, $0) },
    ]
    return [words.sentence([Sentence(words.joined(organisation))] + counts.compactMap { $0 })]
  }

  private var departmentCount: String {
    words.language == .chinese
      ? " " + words.departments(openDepartments)
      : words.departments(openDepartments)
  }

  var volunteerSentences: [Sentence] {
    guard let registered = metric("volunteers", .registered),
      let rate = metric("volunteers", .registrationRate)
    else { return [] }
    return [
      words.sentence([
        clause(.volunteersRegistered, registered),
        rateClause(.volunteersRate, rate),
      ])
    ]
  }
}
