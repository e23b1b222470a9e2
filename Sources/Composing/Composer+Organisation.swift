import Comparing
import Counting
import Records
import ReportModel

/// What a report says of departments that were merged, split or closed and of people who moved.
extension Composer {
  /// Departments named one by one; of more only how many there are.
  private static let namedDepartments = 12

  /// Which departments the figures are told of and what that means; empty where it makes no difference.
  var organisationSentences: [String] {
    let changes = changedDepartments.map(change)
    guard figures.organisation.view == .asNow || movesPeople || !changes.isEmpty else { return [] }
    // A circle of readers is told of departments only where it is told of them anyway, and never how many
    // people moved, which may be one.
    guard facts.audience == .office else {
      return [viewSentence] + (facts.audience.seesDepartments ? listed(changes) : [])
    }
    return [viewSentence] + (movesPeople ? [movedSentence] : []) + listed(changes)
      + undividedSentences
  }

  private var movesPeople: Bool { figures.organisation.movedPeople > 0 }

  private var viewSentence: String {
    switch figures.organisation.view {
    case .asWas:
      return words(
        "科室口径：按当时。人次、人数计入参加者活动当日所在科室，在岗人数计入期末所在科室，撤并科室的数字留在原科室。",
        "Departments as they were: who takes part counts for the department of that day, the head count "
          + "for that of the last day, and closed departments keep their figures.")
    case .asNow:
      return words(
        "科室口径：按现行。撤并科室各期的数字计入承接科室，人员各期均计入现所在科室。",
        "Departments as they are now: the figures of closed departments stand with their successors, and "
          + "people count for the department that they are in now, in all periods.")
    }
  }

  private var movedSentence: String {
    let count = words.number(figures.organisation.movedPeople)
    return figures.organisation.view == .asWas
      ? words(
        "有调动的 {1} 人，按任职日期分别计入各科室。", "People who moved, by the days of their assignments: {1}.",
        count)
      : words("有调动的 {1} 人，计入现任职科室。", "People who moved, counted where they are now: {1}.", count)
  }

  /// Departments that opened or closed after the first day that any figure is compared with.
  private var changedDepartments: [Int] {
    let windows = [0] + comparisons.map(\.window)
    let first =
      windows.map { figures.timeline.windows[$0].period.first }.min() ?? facts.period.first
    return figures.departments.indices.filter { number in
      let department = figures.departments[number]
      let days = [department.opened, department.closed].compactMap { $0 }
      return figures.organisation.isMovedAway(number)
        || days.contains { first <= $0 && $0 <= facts.asOf }
    }
  }

  private func listed(_ changes: [String]) -> [String] {
    guard !changes.isEmpty else { return [] }
    guard changes.count <= Composer.namedDepartments else {
      return [
        words("科室有变动的共 {1} 个。", "Departments that changed: {1}.", words.number(changes.count))
      ]
    }
    return [words.sentence(changes)]
  }

  /// What became of a department, as 心血管病区：2023-03-31 撤销，并入心内科.
  private func change(_ number: Int) -> String {
    let department = figures.departments[number]
    var parts: [String] = []
    if let opened = department.opened,
      opened > figures.timeline.windows[0].period.sameLastYear.first
    {
      parts.append(words("{1} 成立", "opened {1}", "\(opened)"))
    }
    if let closed = department.closed {
      parts.append(words("{1} 撤销", "closed {1}", "\(closed)"))
      if !department.successors.isEmpty {
        let names = words.list(department.successors.map { figures.departments[$0].name })
        parts.append(
          department.successors.count == 1
            ? words("并入{1}", "merged into {1}", names) : words("拆分为{1}", "split into {1}", names))
      }
    }
    return words(
      "{1}：{2}", "{1}: {2}", department.name, parts.joined(separator: words("，", ", ")))
  }

  /// In today's departments: what cannot be told of the parts of a department that was split.
  private var undividedSentences: [String] {
    guard figures.organisation.view == .asNow else { return [] }
    let split = figures.departments.indices.filter {
      let department = figures.departments[$0]
      return department.successors.count > 1 && (department.closed ?? .latest) < facts.asOf
    }
    return split.compactMap { number in
      let kept = figures.sources.compactMap { source -> String? in
        let measure: Measure = source.family == .activity ? .events : .raised
        guard let metric = metric(source.name, measure) else { return nil }
        let figure = figures.column(metric, .department, window: 0)[number]
        guard figure.numerator > 0 else { return nil }
        return words(
          "{1} {2}", "{1} {2}", source.title[words.language], words.amount(figure, metric))
      }
      let name = figures.departments[number].name
      guard !kept.isEmpty else {
        return words(
          "{1}已拆分：其举办的活动和台账事项无法归属，仍列原科室，人员计入现所在科室。",
          "{1} was split: what it held and what stands in its ledgers cannot be divided and stays under "
            + "its name; people count where they are now.", name)
      }
      return words(
        "{1}已拆分：其举办的活动和台账事项无法归属，仍列原科室（本期 {2}），人员计入现所在科室。",
        "{1} was split: what it held and what stands in its ledgers cannot be divided and stays under its "
          + "name (in the period {2}); people count where they are now.", name, words.list(kept))
    }
  }

  /// How many departments there are on the last known day.
  var openDepartments: Int {
    figures.departments.enumerated().count { number, department in
      !figures.organisation.isMovedAway(number)
        && department.exists(from: facts.asOf, through: facts.asOf)
    }
  }

  /// What stands behind a department's name where its figures stand elsewhere or it has closed.
  static func nameMark(_ number: Int, _ figures: Figures, _ words: Wording) -> String {
    let department = figures.departments[number]
    if figures.organisation.isMovedAway(number) {
      let name = figures.departments[figures.organisation.present[number]].name
      return words("（已并入{1}）", " (now {1})", name)
    }
    guard let closed = department.closed, closed < figures.timeline.windows[0].end else {
      return ""
    }
    return words("（{1} 撤销）", " (closed {1})", "\(closed)")
  }
}
