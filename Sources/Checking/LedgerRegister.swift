internal import Reading
internal import Records

/// An accepted row of a ledger with what only an account of its life needs. Days are days since
/// 1970-01-01, `LedgerItem.noDay` where not stated.
public struct LedgerEntry: Sendable {
  public let item: LedgerItem
  /// The deadline that has taken the place of the first one, and the day on which that was decided.
  public let postponedTo: Int32
  public let postponedOn: Int32
  /// Code of the label, -1 where not stated.
  public let aspect: Int16
  public let origin: Origin
  public let isIndividual: Bool
  /// The row in its table, see `RowPlaces`.
  public let row: UInt32

  public enum Origin: UInt8, Sendable { case unstated, old, new }
}

/// What stands in the cells of an item that is listed by itself.
public struct LedgerTexts: Sendable, Hashable {
  public let id, title, owner, leader, measure, acceptance: String
}

/// The rows of a ledger, held in memory: made only where a report lists items or tells of their life.
public final class LedgerRegister: Sendable {
  /// In the order of the file.
  public let entries: [LedgerEntry]
  /// Of each entry by its position; nil for items of the individual level, and where no list is wanted.
  public let texts: [LedgerTexts?]
  /// The labels by code; nil where the file lacks the column.
  public let levels, categories, sources, aspects: [String]?

  init(_ keepers: [LedgerKeeper], texts label: (Role) -> [String]?) {
    let kept = keepers.flatMap(\.kept).sorted { $0.entry.row < $1.entry.row }
    entries = kept.map(\.entry)
    texts = kept.map(\.texts)
    levels = label(.level)
    categories = label(.category)
    sources = label(.source)
    aspects = label(.aspect)
  }
}

/// Whether a ledger's rows are kept, and with what.
public enum LedgerKeeping: Sendable {
  case nothing, days
  /// With the texts of the items that are not about an individual.
  case daysAndTexts
}

/// Keeps the accepted rows of one thread.
final class LedgerKeeper {
  private(set) var kept: [(entry: LedgerEntry, texts: LedgerTexts?)] = []
  private let withTexts: Bool

  init(withTexts: Bool) { self.withTexts = withTexts }

  /// A row that an earlier run has kept.
  func keep(_ entry: LedgerEntry, _ texts: LedgerTexts?) { kept.append((entry, texts)) }

  func keep(_ item: LedgerItem, _ row: Int, _ block: RecordBlock, _ decoder: TableDecoder) {
    // Where no level is stated, whom an item names by the staff list is whom it is about.
    let level = decoder.decoded(.level)[row]
    let isIndividual = level == Known.individual || level == nil && item.person >= 0
    let origin = decoder.decoded(.origin)[row]
    let entry = LedgerEntry(
      item: item, postponedTo: day(.postponedTo, row, decoder),
      postponedOn: day(.postponedOn, row, decoder),
      aspect: decoder.decoded(.aspect).number(row) ?? -1,
      origin: origin.map { $0 == Known.old ? .old : .new } ?? .unstated,
      isIndividual: isIndividual, row: block.rowNumbers[row] &+ decoder.part.rowBase)
    let texts = withTexts && !isIndividual ? texts(row, block, decoder) : nil
    kept.append((entry, texts))
  }

  private func day(_ role: Role, _ row: Int, _ decoder: TableDecoder) -> Int32 {
    decoder.decoded(role).number(row) ?? LedgerItem.noDay
  }

  private func texts(_ row: Int, _ block: RecordBlock, _ decoder: TableDecoder) -> LedgerTexts {
    func text(_ role: Role) -> String {
      decoder.heading.slot(role).map { block.cell($0, row).trimmed.text } ?? ""
    }
    return LedgerTexts(
      id: text(.id), title: text(.subject), owner: text(.owner), leader: text(.leader),
      measure: text(.measure), acceptance: text(.acceptance))
  }
}
