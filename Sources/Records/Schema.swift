/// What a column means to the program, whatever its heading is.
public enum Role: String, Sendable, CaseIterable {
  case id, name, aliases, category, branch, pairedWith
  case openedOn, successor, beginsOn, endsOn
  case department, person, event
  case role, employment, group, partyMember, volunteer, joinedOn, leftOn
  case period
  case date, subject, form, kind, shift, place, hours, participants, score, passed
  case level, source, raisedOn, measure, owner, dueOn, closedOn, recheckedOn, recheckResult
  case postponedTo, postponedOn, origin, aspect, leader, acceptance
}

/// How the cells of a column are read.
public enum FieldKind: Hashable, Sendable {
  /// Taken as it stands.
  case text
  /// A short text whose distinct values are reported one by one.
  case label
  /// A text that names one of a few meanings; the values map what is written (in lower case) to what
  /// is meant. Where the choice is open, a text that is not among them stands for itself; where it is
  /// closed, such a text is unreadable.
  case choice([String: String], isOpen: Bool)
  case day
  /// A decimal number, not negative, kept in millionths.
  case amount
  /// A whole number, not negative.
  case count
  case flag
  /// The id, name or alias of a department or person, or the id of an event.
  case reference
}

/// One column of an input table.
public struct Field: Sendable {
  public let role: Role
  /// The canonical heading, as `raised_on`.
  public let name: String
  public let kind: FieldKind
  public let isRequired: Bool
  /// Further headings under which departments submit this column.
  public let aliases: [String]

  public init(
    _ role: Role, _ name: String, _ kind: FieldKind, required: Bool = false, aliases: [String] = []
  ) {
    self.role = role
    self.name = name
    self.kind = kind
    self.isRequired = required
    self.aliases = aliases
  }
}

/// An input table: the base name of its file and its columns.
public struct TableSchema: Sendable {
  public let file: String
  public let fields: [Field]

  public init(file: String, fields: [Field]) {
    self.file = file
    self.fields = fields
  }

  public func field(_ role: Role) -> Field? { fields.first { $0.role == role } }
}

/// Something that a hospital counts: one line of declaration, which brings with it all metrics,
/// tables and sentences of its family.
public struct Source: Sendable {
  public let name: String
  public let family: Family
  public let title: Bilingual
  /// The events, or the items of the ledger.
  public let records: TableSchema
  /// The people who took part; nil for ledgers.
  public let participation: TableSchema?

  public init(
    name: String, family: Family, title: Bilingual, records: TableSchema,
    participation: TableSchema? = nil
  ) {
    self.name = name
    self.family = family
    self.title = title
    self.records = records
    self.participation = participation
  }

  /// The columns of the records whose values split the hospital's figures.
  public var breakdowns: [Field] {
    let roles: [Role] = family == .activity ? [.form, .kind] : [.level, .category, .source]
    return roles.compactMap(records.field)
  }
}
