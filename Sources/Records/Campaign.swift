/// A campaign (活动, 大讨论, 主题教育): phases one after the other, which may span a new year.
public struct Campaign: Hashable, Sendable {
  /// As it is called in settings and on the command line.
  public let name: String
  public let title: Bilingual
  /// In the order of their days; never empty.
  public let phases: [Phase]

  public init(name: String, title: Bilingual, phases: [Phase]) {
    precondition(!phases.isEmpty)
    self.name = name
    self.title = title
    self.phases = phases
  }

  /// From the first phase's first day to the last phase's last.
  public var first: Day { phases[0].period.first }
  public var last: Day { phases.map(\.period.last).max() ?? first }
}

/// A part of a campaign with a first and a last day.
public struct Phase: Hashable, Sendable {
  public let name: String
  public let title: Bilingual
  public let period: Period
  /// What is due at its end, as a report or a list.
  public let deliverables: [Bilingual]

  public init(name: String, title: Bilingual, period: Period, deliverables: [Bilingual] = []) {
    self.name = name
    self.title = title
    self.period = period
    self.deliverables = deliverables
  }
}

/// Something large that the hospital has set out to do (重点工程), with what counts as done.
public struct KeyProject: Hashable, Sendable {
  /// As the ledger `projects` has it as `id` or `title`.
  public let name: String
  public let title: Bilingual
  public let leader: String
  public let department: String
  public let due: Day?
  public let acceptance: Bilingual

  public init(
    name: String, title: Bilingual, leader: String, department: String, due: Day?,
    acceptance: Bilingual
  ) {
    self.name = name
    self.title = title
    self.leader = leader
    self.department = department
    self.due = due
    self.acceptance = acceptance
  }
}

/// People who are looked at on their own, by the text of the staff list's column `group`.
public struct PeopleGroup: Hashable, Sendable {
  public let name: String
  public let title: Bilingual
  public let values: [String]

  public init(name: String, title: Bilingual, values: [String]) {
    self.name = name
    self.title = title
    self.values = values
  }
}

/// The parts of a year in which something must happen again and again.
public enum Frequency: String, Hashable, Sendable, CaseIterable {
  case month, quarter, half, year

  var months: Int {
    switch self {
    case .month: 1
    case .quarter: 3
    case .half: 6
    case .year: 12
    }
  }

  /// The calendar months, quarters, halves or years that a period touches, cut to the period.
  public func parts(of period: Period) -> [Period] {
    var parts: [Period] = []
    let (year, month, _) = period.first.components
    let offset = (month - 1) % months
    var start = Day(year: year, month: month - offset, day: 1) ?? period.first
    while start <= period.last {
      let next = start.adding(months: months)
      let part = Period(
        from: max(start, period.first), through: min(next.adding(days: -1), period.last))
      if let part { parts.append(part) }
      guard next > start else { break }
      start = next
    }
    return parts
  }
}
