internal import Counting
public import Records
internal import Statistics

/// The scores of departments, branches and heads: points for metrics, less deductions (考核评分).
///
/// Points are hundredths. Each line is rounded once, and a score is made from the rounded lines, so that
/// what is shown adds up.
public struct Assessment: Sendable {
  public let rules: AssessmentRules
  /// The metrics of the criteria and of the deductions, in their order; those without a source are out.
  public let criteria: [(rule: AssessmentRules.Criterion, metric: SourceMetric)]
  public let deductions: [(rule: AssessmentRules.Deduction, metric: SourceMetric)]
  /// By department; nil for those that nothing applies to.
  public let departments: [Score?]
  public let branches: [Score?]
  /// Heads of departments who are employed on the last day; their score is their department's.
  public let heads: [Head]
  /// What pairs name and no department is called, as written.
  public let unknownPartners: [String]

  public struct Score: Sendable {
    /// From 0 to 10,000.
    public let points: Int64
    /// By criterion and by deduction; empty for a department that is judged through others.
    public let criteria: [Line]
    public let deductions: [Line]
    /// The departments that it is judged through.
    public let partners: [Int]
    public fileprivate(set) var rank = 0
    public fileprivate(set) var isTied = false
    /// Index into the rules' grades; nil where none is reached.
    public fileprivate(set) var grade: Int?
  }

  /// One criterion or deduction of one score.
  public struct Line: Sendable {
    public let figure: Figure
    /// Nil where the figure has nothing to divide by: the weight is then spread over the others.
    public let points: Int64?
  }

  /// The heads by rank, with the scores of their departments; one whose department nothing applies to has
  /// none, and comes last.
  public var rankedHeads: [(head: Head, score: Score?)] {
    heads.map { ($0, departments[$0.department]) }.sorted {
      ($0.score?.rank ?? .max, $0.head.department) < ($1.score?.rank ?? .max, $1.head.department)
    }
  }

  public struct Head: Sendable {
    /// Index into the staff list.
    public let person: Int
    public let department: Int
    public let role: String
  }
}

/// Makes an assessment of the figures of a report's own period.
struct Assessor {
  let figures: Figures
  let plan: Plan
  let rules: AssessmentRules
  let rounding: RoundingRule
  private let criteria: [(rule: AssessmentRules.Criterion, metric: SourceMetric)]
  private let deductions: [(rule: AssessmentRules.Deduction, metric: SourceMetric)]

  init(figures: Figures, plan: Plan, rules: AssessmentRules, rounding: RoundingRule) {
    self.figures = figures
    self.plan = plan
    self.rules = rules
    self.rounding = rounding
    criteria = rules.criteria.compactMap { rule in
      figures.metric(rule.metricName).map { (rule, $0) }
    }
    deductions = rules.deductions.compactMap { rule in
      figures.metric(rule.metricName).map { (rule, $0) }
    }
  }

  func assessment() -> Assessment {
    let own = scores(.department)
    let pairing = Pairing(figures.departments, plan.pairs)
    let isPaired = figures.departments.map { rules.pairedCategories.contains($0.category) }
    let departments = own.indices.map { department in
      guard isPaired[department] else { return own[department] }
      return score(through: pairing.partners[department].filter { !isPaired[$0] }, of: own)
    }
    let day = figures.timeline.windows[0].end
    let heads = figures.cube.records.heads.filter {
      figures.cube.records.isEmployed($0.person, on: day)
    }.map { Assessment.Head(person: $0.person, department: $0.department, role: $0.role) }
    return Assessment(
      rules: rules, criteria: criteria, deductions: deductions, departments: ranked(departments),
      branches: ranked(scores(.branch)), heads: heads.sorted { $0.department < $1.department },
      unknownPartners: pairing.unknown)
  }

  private func scores(_ scope: Scope) -> [Assessment.Score?] {
    let columns = criteria.map { figures.column($0.metric, scope, window: 0) }
    let deducted = deductions.map { figures.column($0.metric, scope, window: 0) }
    let count = figures.members(scope).count
    return (0..<count).map { member in
      let lines = zip(criteria, columns).map { line($0.rule, $0.metric, $1[member]) }
      let minus = zip(deductions, deducted).map { line($0.rule, $1[member]) }
      return total(lines, minus).map {
        Assessment.Score(points: $0, criteria: lines, deductions: minus, partners: [])
      }
    }
  }

  /// (value − zero) ÷ (full − zero) of the weight, not less than nothing and not more than all.
  func line(
    _ rule: AssessmentRules.Criterion, _ metric: SourceMetric, _ figure: Figure
  ) -> Assessment.Line {
    guard figure.isDefined else { return Assessment.Line(figure: figure, points: nil) }
    guard figure.numerator.magnitude < Assessor.largestExact else {
      return Assessment.Line(figure: figure, points: nearly(rule, metric, figure))
    }
    let whole = Int128(figure.denominator) * Int128(metric.metric.scale)
    func gap(_ limit: ExactNumber) -> Int128 {
      // The figure less a limit, times the limit's denominator and the whole.
      Int128(figure.numerator) * Int128(limit.denominator) - Int128(limit.numerator) * whole
    }
    // Both differences over the same: (v − z) ÷ (f − z) = gap(z) ÷ zd over (gap(z) ÷ zd − gap(f) ÷ fd).
    var part = gap(rule.zeroAt) * Int128(rule.fullAt.denominator)
    var all = part - gap(rule.fullAt) * Int128(rule.zeroAt.denominator)
    if all < 0 { (part, all) = (-part, -all) }
    part = min(max(part, 0), all)
    let points = rounded(part * Int128(rule.weight) * 100, over: all)
    return Assessment.Line(figure: figure, points: points)
  }

  /// Beyond this the products of a line need not fit 128 bits; no hospital has so many hours.
  private static let largestExact: UInt64 = 1 << 46

  /// The same in floating point, for sums that nothing but an accident or an attack brings about.
  private func nearly(
    _ rule: AssessmentRules.Criterion, _ metric: SourceMetric, _ figure: Figure
  ) -> Int64 {
    let (full, zero) = (rule.fullAt.value, rule.zeroAt.value)
    let part = ((figure.value(scale: metric.metric.scale) ?? zero) - zero) / (full - zero)
    return Int64((min(max(part, 0), 1) * Double(rule.weight) * 100).rounded())
  }

  func line(_ rule: AssessmentRules.Deduction, _ figure: Figure) -> Assessment.Line {
    let points = rounded(
      Int128(figure.numerator) * Int128(rule.points.numerator) * 100,
      over: Int128(rule.points.denominator))
    let most = rounded(
      Int128(rule.atMost.numerator) * 100, over: Int128(rule.atMost.denominator))
    return Assessment.Line(figure: figure, points: min(points, most))
  }

  /// The points of the criteria that apply, as a part of 100, less the deductions.
  func total(_ lines: [Assessment.Line], _ deductions: [Assessment.Line]) -> Int64? {
    var points: Int64 = 0
    var weight = 0
    for (line, rule) in zip(lines, rules.criteriaWeights(of: criteria)) {
      guard let own = line.points else { continue }
      points += own
      weight += rule
    }
    guard weight > 0 else { return nil }
    let scaled = rounded(Int128(points) * 100, over: Int128(weight))
    return max(0, scaled - deductions.reduce(0) { $0 + ($1.points ?? 0) })
  }

  /// The mean of the scores of others.
  private func score(
    through partners: [Int], of scores: [Assessment.Score?]
  ) -> Assessment.Score? {
    let found = partners.filter { scores[$0] != nil }
    guard !found.isEmpty else { return nil }
    let sum = found.reduce(Int128(0)) { $0 + Int128(scores[$1]?.points ?? 0) }
    return Assessment.Score(
      points: rounded(sum, over: Int128(found.count)), criteria: [], deductions: [],
      partners: found)
  }

  private func ranked(_ scores: [Assessment.Score?]) -> [Assessment.Score?] {
    let present = scores.indices.filter { scores[$0] != nil }
    let points = present.map { scores[$0]?.points ?? 0 }
    let ranks = competitionRanks(count: present.count) { points[$0] > points[$1] }
    var scores = scores
    for (position, index) in present.enumerated() {
      scores[index]?.rank = ranks[position].rank
      scores[index]?.isTied = ranks[position].isTied
      scores[index]?.grade = rules.grades.firstIndex {
        $0.atLeast <= ExactNumber(points[position], over: 100)
      }
    }
    return scores
  }

  private func rounded(_ numerator: Int128, over denominator: Int128) -> Int64 {
    let doubled = numerator * 2 + denominator
    var quotient = doubled / (denominator * 2)
    let isTie = doubled % (denominator * 2) == 0
    if isTie, rounding == .halfEven, quotient % 2 != 0 { quotient -= 1 }
    return Int64(clamping: quotient)
  }
}

extension AssessmentRules {
  fileprivate func criteriaWeights(
    of present: [(rule: Criterion, metric: SourceMetric)]
  ) -> [Int] { present.map(\.rule.weight) }
}

/// Which departments each department is paired with (包联), by the settings or by the departments' file.
struct Pairing {
  private(set) var partners: [[Int]]
  /// Names that no single department has.
  private(set) var unknown: [String] = []

  init(_ departments: [Department], _ pairs: [(department: String, partners: [String])]) {
    partners = Array(repeating: [], count: departments.count)
    var index: [String: Set<Int>] = [:]
    for (number, department) in departments.enumerated() {
      for name in [department.id, department.name] + department.aliases where !name.isEmpty {
        index[name, default: []].insert(number)
      }
    }
    func find(_ name: String, _ unknown: inout [String]) -> Int? {
      if let found = index[name], found.count == 1 { return found.first }
      unknown.append(name)
      return nil
    }
    for (number, department) in departments.enumerated() {
      let names = department.pairedWith.split { ";；、,，".contains($0) }
        .map { String($0.filter { !$0.isWhitespace }) }.filter { !$0.isEmpty }
      partners[number] = names.compactMap { find($0, &unknown) }
    }
    for pair in pairs {
      guard let number = find(pair.department, &unknown) else { continue }
      partners[number] = pair.partners.compactMap { find($0, &unknown) }
    }
  }
}
