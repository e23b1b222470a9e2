public import Records

/// A finished report: everything that any format shows, in reading order; values only, no format.
///
/// A report is written in one language. Renderers decide how it looks, never what it says.
public struct Report: Sendable {
  public var language: Language
  /// The title on the cover, as `2023 年上半年工作成效报告`.
  public var title: String
  /// The organisation that issues it.
  public var organisation: String
  /// Stands on every page: period, as-of day.
  public var pageNote: String
  /// The day the figures stand for; used as the documents' date, so that the bytes are repeatable.
  public var asOf: Day
  /// How the figures of this report are rounded where they are shown.
  public var rounding: RoundingRule
  public var cover: [Fact]
  /// Whether the data is complete, and what is missing; shown on the cover.
  public var dataState: [String]
  /// What is most to be said, the weightiest first.
  public var highlights: [Sentence]
  /// What somebody has to decide.
  public var decisions: [Sentence]
  /// The few figures that everybody looks for, each with its comparisons.
  public var headlines: [Headline]
  public var sections: [Section]
  public var summary: [TextBlock]
  /// What the signs in blank cells mean, where they do not say it themselves.
  public var signs: [Sign]

  public init(
    language: Language, title: String, organisation: String, pageNote: String, asOf: Day,
    rounding: RoundingRule = .halfUp, cover: [Fact], dataState: [String],
    highlights: [Sentence] = [], decisions: [Sentence] = [], headlines: [Headline] = [],
    sections: [Section], summary: [TextBlock], signs: [Sign] = []
  ) {
    self.language = language
    self.title = title
    self.organisation = organisation
    self.pageNote = pageNote
    self.asOf = asOf
    self.rounding = rounding
    self.cover = cover
    self.dataState = dataState
    self.highlights = highlights
    self.decisions = decisions
    self.headlines = headlines
    self.sections = sections
    self.summary = summary
    self.signs = signs
  }
}

/// A label and what it says, as on a cover.
public struct Fact: Sendable {
  public var label: String
  public var value: String

  public init(label: String, value: String) {
    self.label = label
    self.value = value
  }
}

/// A figure that stands out, as it is shown: with its unit and how it has moved.
public struct Headline: Sendable, Hashable {
  /// What it is a figure of, as `集中学习培训人次`.
  public var label: String
  public var value: String
  public var unit: String
  /// One for each comparison, as `同比 ▲ 增 16.8%`.
  public var changes: [String]

  public init(label: String, value: String, unit: String, changes: [String]) {
    self.label = label
    self.value = value
    self.unit = unit
    self.changes = changes
  }
}

/// A sign that stands in blank cells, and what it means.
public struct Sign: Sendable, Hashable {
  public var text: String
  public var meaning: String

  public init(_ text: String, meaning: String) {
    self.text = text
    self.meaning = meaning
  }
}

/// What the office has to say to a part of the report; printed as it was written.
public struct Comment: Sendable, Hashable {
  /// Empty where nobody signs for it.
  public var author: String
  public var text: String

  public init(author: String, text: String) {
    self.author = author
    self.text = text
  }
}

/// A part of the report that stands on a sheet of its own.
public struct Section: Sendable {
  /// The parts of a report that belong together, as by the colour of their tabs.
  public enum Group: Sendable, Hashable, CaseIterable {
    /// What is read first.
    case overview
    /// One area of work: an activity, a ledger, the staff.
    case area
    /// Departments side by side.
    case departments
    /// What the figures rest on: data quality, definitions.
    case basis
  }

  /// Short and unique; the sheet's name (at most 31 UTF-16 units, none of `[]:*?/\`).
  public var name: String
  public var title: String
  /// One sentence in the contents: what is found here.
  public var purpose: String
  public var group: Group
  /// Sentences above the tables.
  public var lead: [String]
  public var blocks: [Block]
  /// Numbered from 1; tables and columns refer to them by number, to each at least once.
  public var notes: [String]
  /// What is to be said below the tables and belongs to none of their columns; not numbered.
  public var remarks: [String]
  public var comments: [Comment]
  /// Where the sheet is a page of one row of a table, chosen from a list; it stands above the blocks.
  public var lookup: Lookup?
  /// False where the sheet is there to be looked up, and only its head is printed.
  public var isPrinted = true

  public init(
    name: String, title: String, purpose: String, group: Group = .area, lead: [String] = [],
    blocks: [Block], notes: [String] = [], remarks: [String] = [], comments: [Comment] = []
  ) {
    self.name = name
    self.title = title
    self.purpose = purpose
    self.group = group
    self.lead = lead
    self.blocks = blocks
    self.notes = notes
    self.remarks = remarks
    self.comments = comments
  }

  public var tables: [Table] {
    blocks.compactMap { if case .table(let table) = $0 { table } else { nil } }
  }
}

public enum Block: Sendable {
  case table(Table)
  /// A native chart; every number in it stands in the named table of the same section.
  case chart(Chart)
}
