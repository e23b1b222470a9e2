public import Counting
public import Records

/// A target with what has become of it.
public struct Attainment: Sendable {
  public let target: Target
  public let metric: SourceMetric
  /// The days that count, and the last of them that is known.
  public let span: Period
  public let end: Day
  /// One for the hospital, or for each branch or department that the target is about. For a target of
  /// each person one for the hospital: those who have reached it ÷ all whom it is about.
  public let members: [Member]
  /// Of a target of each person: those who have not reached it, in the order of the staff list.
  public let missing: [PersonSum]
  /// Of a target of each person: by department, in the order of their file, where there are any.
  public let personsByDepartment: [(department: Int, reached: Int, all: Int)]

  public struct Member: Sendable {
    /// Index into the members of the target's scope.
    public let index: Int
    public let figure: Figure
    public let status: AttainmentStatus
    public let gap: Gap?
    /// Of a target that is asked for again and again: the parts that have ended without it.
    public let missed: [Part]
    /// Of a target that is asked of each of some values: those that lack something in the part that runs.
    public let lacking: [Bilingual]
  }

  /// Days in which a limit holds for all records, or for those of one value, as of one shift.
  public struct Part: Hashable, Sendable {
    public let span: Period
    public let value: Bilingual?
  }

  /// The worst of the members.
  public var status: AttainmentStatus { .worst(members.map(\.status)) }

  public func count(_ status: AttainmentStatus) -> Int { members.count { $0.status == status } }

  /// How far the target has been reached: of several members those that are as required ÷ all; of each
  /// person those who have reached it ÷ all; else the value ÷ the least that is asked for, at most 1.
  /// Undefined where nothing but an upper limit is set, or the same is asked for again and again.
  public var reached: Figure {
    if members.count > 1 {
      return Figure(Int64(count(.met) + count(.onCourse)), over: Int64(members.count))
    }
    guard let figure = members.first?.figure, figure.isDefined else { return .undefined }
    if target.scope == .person { return figure }
    guard let least = target.limit.atLeast, least.numerator > 0, !target.isRepeated else {
      return .undefined
    }
    let value = Int128(figure.numerator) * Int128(least.denominator)
    let wanted = Int128(least.numerator) * Int128(figure.denominator) * Int128(metric.metric.scale)
    guard value < wanted else { return Figure(1, over: 1) }
    guard let part = Int64(exactly: value), let whole = Int64(exactly: wanted) else {
      return .undefined
    }
    return Figure(part, over: whole)
  }

  /// Days gone ÷ days, of those that count.
  public var timeGone: Figure {
    let gone = max(0, Int64(min(end, span.last).number - span.first.number) + 1)
    return Figure(gone, over: Int64(span.length))
  }
}

/// Measures the figures of a report against a hospital's targets.
public struct TargetComparison: Sendable {
  private let figures: Figures
  private let records: RecordStore
  private let groups: [PeopleGroup]
  private let known: Day

  public init(figures: Figures, groups: [PeopleGroup]) {
    self.figures = figures
    records = figures.cube.records
    self.groups = groups
    known = figures.timeline.windows[0].end
  }

  /// What has become of each target, in their order; one whose source has no file is left out.
  public func attainments(_ targets: [Target]) -> [Attainment] { targets.compactMap(attainment) }

  private func attainment(_ target: Target) -> Attainment? {
    guard let metric = figures.metric(target.metricName) else { return nil }
    let span = target.period ?? figures.timeline.windows[0].period
    if target.scope == .person { return ofPersons(target, metric, span) }
    guard let columns = columns(target, metric, span) else { return nil }
    let wanted = members(target)
    let made = wanted.map { index in
      member(index, columns.map { ($0.part, $0.figures[index]) }, target, metric)
    }
    return Attainment(
      target: target, metric: metric, span: span, end: min(known, span.last), members: made,
      missing: [], personsByDepartment: [])
  }

  /// The members that a target is about, as indices into its scope.
  private func members(_ target: Target) -> [Int] {
    switch target.scope {
    case .hospital, .person: [0]
    case .branch: Array(figures.members(.branch).indices)
    case .department:
      figures.departments.indices.filter {
        target.categories.isEmpty || target.categories.contains(figures.departments[$0].category)
      }
    }
  }

  private typealias Column = (part: Attainment.Part, figures: [Figure])

  /// The figures of all members for the target's days, or for each part of them that has begun.
  private func columns(_ target: Target, _ metric: SourceMetric, _ span: Period) -> [Column]? {
    guard target.needsRecords else {
      return figures.timeline.window(of: span).map {
        [
          (
            Attainment.Part(span: span, value: nil),
            figures.column(metric, target.scope.ofFigures, window: $0)
          )
        ]
      }
    }
    var columns: [Column] = []
    for days in target.every?.parts(of: span) ?? [span] where days.first <= known || days == span {
      for value in target.each.map({ $0.all.map(Optional.some) }) ?? [nil] {
        let part = Attainment.Part(span: days, value: value)
        guard let column = recordFigures(target, metric, part) else { return nil }
        columns.append((part, column))
      }
    }
    return columns
  }

  /// The records that a target is about, in some of its days.
  private func query(_ target: Target, _ span: Period, _ value: Bilingual? = nil) -> RecordQuery {
    var conditions = target.condition.map { [$0] } ?? []
    if let value, let column = target.each?.column {
      conditions.append(
        Target.Condition(column: column, spellings: [value.chinese, value.english]))
    }
    return RecordQuery(
      source: target.source, first: span.first, end: min(known, span.last),
      group: groups.first { $0.name == target.group }, conditions: conditions)
  }

  private func recordFigures(
    _ target: Target, _ metric: SourceMetric, _ part: Attainment.Part
  ) -> [Figure]? {
    let query = query(target, part.span, part.value)
    let grouping = figures.memberOfDepartments(target.scope.ofFigures)
    let count = (grouping.max() ?? -1) + 1
    if let units = records.activityUnits(query, by: grouping, count: count) {
      return units.map { $0.unit.figure(metric.metric.measure, headcount: $0.headcount) }
    }
    return records.ledgerUnits(query, by: grouping, count: count)?.map {
      $0.figure(metric.metric.measure)
    }
  }

  private func member(
    _ index: Int, _ parts: [(part: Attainment.Part, figure: Figure)], _ target: Target,
    _ metric: SourceMetric
  ) -> Attainment.Member {
    let judged = parts.map { part, figure in
      let rule = TargetRule(
        metric: metric.metric, limit: target.limit, span: part.span, end: known)
      return (part: part, status: rule.status(figure), gap: rule.gap(figure))
    }
    // What can still be done is what is missing in the part that runs.
    let running = (judged.last { $0.status != .failed } ?? judged.last)?.part.span
    let open = judged.filter { $0.part.span == running && $0.gap != nil }
    return Attainment.Member(
      index: index, figure: whole(parts.map(\.figure)), status: .worst(judged.map(\.status)),
      gap: .sum(open.compactMap(\.gap)),
      missed: target.isRepeated ? judged.filter { $0.status == .failed }.map(\.part) : [],
      lacking: open.compactMap(\.part.value))
  }

  /// What the parts, which are counts or sums, come to.
  private func whole(_ parts: [Figure]) -> Figure {
    guard parts.count > 1 else { return parts.first ?? .undefined }
    return Figure(parts.reduce(0) { $0 + $1.numerator })
  }

  private func ofPersons(
    _ target: Target, _ metric: SourceMetric, _ span: Period
  ) -> Attainment? {
    guard
      let everybody = records.persons(
        query(target, span), closed: metric.metric.measure == .closed)
    else { return nil }
    let persons = everybody.filter { person in
      target.categories.isEmpty
        || target.categories.contains(figures.departments[person.department].category)
    }
    let rule = TargetRule(metric: metric.metric, limit: target.limit, span: span, end: known)
    let judged = persons.map { person in
      (
        person,
        figure: Figure(metric.metric.measure == .hours ? person.hours : person.count)
      )
    }
    let statuses = judged.map { rule.status($0.figure) }
    let missing = judged.filter { rule.gap($0.figure) != nil }.map(\.0)
    let figure = Figure(Int64(persons.count - missing.count), over: Int64(persons.count))
    let gap = Gap(
      amount: Int64(missing.count), scale: 1, unit: .people, isMore: true, by: span.last)
    return Attainment(
      target: target, metric: metric, span: span, end: min(known, span.last),
      members: [
        Attainment.Member(
          index: 0, figure: figure, status: .worst(statuses), gap: missing.isEmpty ? nil : gap,
          missed: [], lacking: [])
      ], missing: missing, personsByDepartment: byDepartment(persons, missing))
  }

  private func byDepartment(
    _ persons: [PersonSum], _ missing: [PersonSum]
  ) -> [(department: Int, reached: Int, all: Int)] {
    var all = [Int](repeating: 0, count: figures.departments.count)
    var lacking = all
    for person in persons { all[person.department] += 1 }
    for person in missing { lacking[person.department] += 1 }
    return all.indices.filter { all[$0] > 0 }.map { ($0, all[$0] - lacking[$0], all[$0]) }
  }
}

extension Target.Scope {
  /// The scope of the figures that the target is about.
  public var ofFigures: Scope {
    switch self {
    case .hospital, .person: .hospital
    case .branch: .branch
    case .department: .department
    }
  }
}

extension Figures {
  /// For each department the member of a scope that it belongs to.
  func memberOfDepartments(_ scope: Scope) -> [Int] {
    groupings[scope]?.group ?? Array(departments.indices)
  }
}

extension Figures {
  /// Who somebody is, by their index into the staff list; the id is empty where ids were not asked for.
  public func identity(of person: Int) -> (id: String, name: String) {
    cube.records.identity(person)
  }
}
