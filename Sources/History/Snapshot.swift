public import Records

/// What is remembered of a run.
public struct RunRecord: Hashable, Sendable {
  public var command: String
  public var period: String
  public var asOf: String
  public var program: String
  /// Digests of `hospital.yaml` and of the metrics' definitions.
  public var settings: String
  public var definitions: String
  /// Seconds since 1970, as the machine's clock had them; runs are ordered by their number, never by it.
  public var finished: Int
  public var milliseconds: Int
  public var exitCode: Int
  /// Why nothing was issued; empty where a report was.
  public var message: String
  public var rowsRead: Int
  public var rowsRejected: Int
  public var warnings: Int
  /// The size of the report's files together.
  public var bytes: Int

  public init(
    command: String, period: String, asOf: String, program: String, settings: String = "",
    definitions: String = "", finished: Int, milliseconds: Int = 0, exitCode: Int = 0,
    message: String = "", rowsRead: Int = 0, rowsRejected: Int = 0, warnings: Int = 0,
    bytes: Int = 0
  ) {
    self.command = command
    self.period = period
    self.asOf = asOf
    self.program = program
    self.settings = settings
    self.definitions = definitions
    self.finished = finished
    self.milliseconds = milliseconds
    self.exitCode = exitCode
    self.message = message
    self.rowsRead = rowsRead
    self.rowsRejected = rowsRejected
    self.warnings = warnings
    self.bytes = bytes
  }
}

/// An input file of a run.
public struct InputRecord: Hashable, Sendable {
  public let file: String
  public let sha256: String
  public let rowsRead: Int
  public let rowsAccepted: Int
  public let rowsRejected: Int

  public init(
    file: String, sha256: String, rowsRead: Int, rowsAccepted: Int, rowsRejected: Int
  ) {
    self.file = file
    self.sha256 = sha256
    self.rowsRead = rowsRead
    self.rowsAccepted = rowsAccepted
    self.rowsRejected = rowsRejected
  }
}

/// What a series of figures is about.
public struct SeriesKey: Hashable, Sendable, Comparable {
  public let metric: String
  public let period: String
  /// Empty for the period as a whole.
  public let month: String
  public let scope: String

  public init(metric: String, period: String, month: String, scope: String) {
    self.metric = metric
    self.period = period
    self.month = month
    self.scope = scope
  }

  public static func < (left: SeriesKey, right: SeriesKey) -> Bool {
    (left.metric, left.period, left.month, left.scope)
      < (right.metric, right.period, right.month, right.scope)
  }
}

/// The figures of a series: `numerator / (denominator × scale)`, undefined where the denominator is 0.
public struct SeriesFigures: Hashable, Sendable {
  public let members: [String]
  public let numerators: [Int64]
  public let denominators: [Int64]
  public let scale: Int64

  public init(members: [String], numerators: [Int64], denominators: [Int64], scale: Int64) {
    self.members = members
    self.numerators = numerators
    self.denominators = denominators
    self.scale = scale
  }
}

/// A figure of one member.
public struct RecordedFigure: Hashable, Sendable {
  public let numerator: Int64
  public let denominator: Int64
  public let scale: Int64

  public init(numerator: Int64, denominator: Int64, scale: Int64) {
    self.numerator = numerator
    self.denominator = denominator
    self.scale = scale
  }
}

/// A figure that is not what it was.
public struct FigureChange: Hashable, Sendable {
  public let key: SeriesKey
  public let member: String
  /// Nil where there was, or is, no such figure.
  public let old: RecordedFigure?
  public let new: RecordedFigure?
}

/// Everything that a run hands to the history.
public struct Snapshot {
  public var run: RunRecord
  /// Tells runs of the same inputs, settings, day and program from others.
  public var fingerprint: String
  public var inputs: [InputRecord]
  public var findings: [Finding]
  /// The accepted rows of the tables, as far as they are known row by row.
  public var rows: [String: [RowDigest]]
  /// The run that the report was compared with.
  public var base: Int?
  public var seriesCount: Int
  /// Makes one series after the other, so that they never stand in memory together.
  public var series: (Int) -> (SeriesKey, SeriesFigures)

  public init(
    run: RunRecord, fingerprint: String, inputs: [InputRecord], findings: [Finding],
    rows: [String: [RowDigest]] = [:], base: Int? = nil, seriesCount: Int,
    series: @escaping (Int) -> (SeriesKey, SeriesFigures)
  ) {
    self.run = run
    self.fingerprint = fingerprint
    self.inputs = inputs
    self.findings = findings
    self.rows = rows
    self.base = base
    self.seriesCount = seriesCount
    self.series = series
  }
}
