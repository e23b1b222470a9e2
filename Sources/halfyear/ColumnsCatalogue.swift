import Records

/// The catalogue of input columns. Files of one kind have nearly the same columns, so they share a
/// table; a column that only some of them have names these.
enum ColumnsCatalogue {
  static func text(_ sources: [Source]) -> String {
    let kinds = [
      [TableSchema.departments], [TableSchema.staff], [TableSchema.staffAssignments],
      sources.filter { $0.family == .activity }.map(\.records),
      sources.compactMap(\.participation),
      sources.filter { $0.family == .ledger }.map(\.records),
    ]
    return kinds.map(table).joined(separator: "\n")
  }

  private static func table(_ tables: [TableSchema]) -> String {
    let files = tables.map { "`\($0.file)`" }.joined(separator: ", ")
    var roles: [Role] = []
    for field in tables.flatMap(\.fields) where !roles.contains(field.role) {
      roles.append(field.role)
    }
    let rows = roles.map { role in
      row(tables.filter { $0.field(role) != nil }, role, tables.count)
    }
    return "\(files)\n\n" + Markdown.table(["column", "content", "also accepted as"], rows)
  }

  /// - Parameters:
  ///   - tables: those that have the column.
  ///   - count: how many tables there are in all.
  private static func row(_ tables: [TableSchema], _ role: Role, _ count: Int) -> [String] {
    let fields = tables.compactMap { $0.field(role) }
    guard let first = fields.first else { return [] }
    var names: [(name: String, files: [String])] = []
    for (table, field) in zip(tables, fields) {
      if let index = names.firstIndex(where: { $0.name == field.name }) {
        names[index].files.append(table.file)
      } else {
        names.append((field.name, [table.file]))
      }
    }
    let isEverywhere = names.count == 1 && tables.count == count
    let required = first.isRequired ? "*" : ""
    let titles = names.map { name, files in
      "`\(name)`\(required)" + (isEverywhere ? "" : " (\(files.joined(separator: ", ")))")
    }
    return [
      titles.joined(separator: "; "), content(first.kind), first.aliases.joined(separator: ", "),
    ]
  }

  private static func content(_ kind: FieldKind) -> String {
    switch kind {
    case .text: return "text"
    case .label: return "short text"
    case .day: return "day"
    case .amount: return "number"
    case .count: return "whole number"
    case .flag: return "yes/no"
    case .reference: return "reference"
    case .choice(let choices, let isOpen):
      return content(choices) + (isOpen ? "; or other text" : "")
    }
  }

  /// The meanings of a choice, each with what may be written for it.
  private static func content(_ choices: [String: String]) -> String {
    let meanings = Set(choices.values).sorted()
    return meanings.map { meaning in
      let words = choices.keys.filter { choices[$0] == meaning && $0 != meaning }.sorted()
      return "`\(meaning)` (\(words.joined(separator: ", ")))"
    }.joined(separator: "; ")
  }
}
