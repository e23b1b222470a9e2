public import Checking
public import Comparing
public import Records

/// Everything that a report is written from: the figures, and what became of the inputs.
public struct ReportFacts: Sendable {
  public var hospital: Bilingual
  /// The period, as it was asked for.
  public var period: Period
  /// The day the figures stand for: the period's last day, or the as-of day where that is earlier.
  public var asOf: Day
  public var figures: Figures { didSet { judgements = Judgements() } }
  /// What became of the rows, one for each file that was read.
  public var outcomes: [FileOutcome]
  /// Everything found wrong, sorted by place.
  public var findings: [Finding]
  /// The names of files that could not be read to their end.
  public var unreadable: [String]
  /// Declared sources without a file; the report leaves them out and says so.
  public var absentSources: [Source]
  public var rounding: RoundingRule
  /// What has become of the hospital's plan; nil where it has none.
  public var progress: PlanProgress?
  /// The hospital's own words for phrases of the text.
  public var wording: [Phrase: Bilingual]
  /// What the office has to say to the report and to its parts.
  public var comments: [OfficeComment]
  /// What departments have sent for which periods, and when, as far as the workspace registers it.
  public var received: [Submission]
  /// How many days behind a period's last day what is sent is still on time; nil where nothing is said.
  public var submissionDueDays: Int?
  public var programVersion: String
  /// Whom the report is for.
  public internal(set) var audience = Audience.office
  /// What is judged of the figures; shared by all copies with the same ones.
  private(set) var judgements = Judgements()
  /// Figures that are not what was published; the report marks them.
  public var revised: Set<FigureAddress>

  public init(
    hospital: Bilingual, period: Period, asOf: Day, figures: Figures, outcomes: [FileOutcome],
    findings: [Finding], unreadable: [String] = [], absentSources: [Source] = [],
    rounding: RoundingRule = .halfUp, progress: PlanProgress? = nil,
    wording: [Phrase: Bilingual] = [:], comments: [OfficeComment] = [],
    received: [Submission] = [], submissionDueDays: Int? = nil, programVersion: String,
    revised: Set<FigureAddress> = []
  ) {
    self.hospital = hospital
    self.period = period
    self.asOf = asOf
    self.figures = figures
    self.outcomes = outcomes
    self.findings = findings
    self.unreadable = unreadable
    self.absentSources = absentSources
    self.rounding = rounding
    self.progress = progress
    self.wording = wording
    self.comments = comments
    self.received = received
    self.submissionDueDays = submissionDueDays
    self.programVersion = programVersion
    self.revised = revised
  }
}
