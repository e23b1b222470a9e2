/// What a hospital has decided to reach: a metric, a limit, for whom and until when.
public struct Target: Hashable, Sendable {
  /// Unique; a stem for ids of tables and rows.
  public let name: String
  public let title: Bilingual
  /// The metric's source and its name there, as `training` and `coverage`.
  public let source: String
  public let metric: String
  public let limit: Limit
  public let scope: Scope
  /// The days that count; nil for the report's period.
  public private(set) var period: Period?
  /// The phase that `period` was taken from, if it was.
  public let phase: Phase?
  /// Only these people count, by the name of their group.
  public let group: String?
  /// Only records with this value in this column count.
  public let condition: Condition?
  /// The limit holds for each such part of the period.
  public let every: Frequency?
  /// The limit holds for the records of each of these values by itself, as for each shift.
  public let each: Values?
  /// Of the departments only those of these categories; empty for all.
  public let categories: [String]
  public let owner: String
  public let decidedOn: Day?

  /// What the value must be; at least one of the two is there.
  public struct Limit: Hashable, Sendable {
    public let atLeast: ExactNumber?
    public let atMost: ExactNumber?

    public init(atLeast: ExactNumber?, atMost: ExactNumber?) {
      self.atLeast = atLeast
      self.atMost = atMost
    }
  }

  /// Whom the limit holds for: the whole, or each of its members.
  public enum Scope: String, Hashable, Sendable, CaseIterable {
    case hospital, branch, department, person
  }

  /// Only records with one of these texts in a column; several are spellings of one value.
  public struct Condition: Hashable, Sendable {
    public let column: String
    public let spellings: [String]

    public init(column: String, spellings: [String]) {
      self.column = column
      self.spellings = spellings
    }
  }

  /// The values of a column, each of which is looked at by itself.
  public struct Values: Hashable, Sendable {
    public let column: String
    public let all: [Bilingual]

    public init(column: String, all: [Bilingual]) {
      self.column = column
      self.all = all
    }
  }

  public init(
    name: String, title: Bilingual, source: String, metric: String, limit: Limit, scope: Scope,
    period: Period? = nil, phase: Phase? = nil, group: String? = nil,
    condition: Condition? = nil, every: Frequency? = nil, each: Values? = nil,
    categories: [String] = [],
    owner: String = "", decidedOn: Day? = nil
  ) {
    self.name = name
    self.title = title
    self.source = source
    self.metric = metric
    self.limit = limit
    self.scope = scope
    self.period = period
    self.phase = phase
    self.group = group
    self.condition = condition
    self.every = every
    self.each = each
    self.categories = categories
    self.owner = owner
    self.decidedOn = decidedOn
  }

  /// The same target with these days where it states none.
  public func over(_ days: Period) -> Target {
    var target = self
    target.period = period ?? days
    return target
  }

  /// The full name of the metric, as `training.coverage`.
  public var metricName: String { "\(source).\(metric)" }

  /// The limit holds for several parts of the records, by time or by value.
  public var isRepeated: Bool { every != nil || each != nil }

  /// It is about some of a source's records or people only, or about each person: what the figures of
  /// the report do not tell, and the records themselves must.
  public var needsRecords: Bool {
    group != nil || condition != nil || isRepeated || scope == .person
  }
}
