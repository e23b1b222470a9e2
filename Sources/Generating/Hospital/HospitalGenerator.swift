import Records

/// Makes every table of one hospital from its totals.
struct HospitalGenerator {
  private let specification: HospitalSpecification
  private let options: Generator.Options
  private let scaling: Scaling

  struct Scaling: Sendable {
    let scale: Int
    let seed: UInt64
  }

  init(_ specification: HospitalSpecification, options: Generator.Options) {
    self.specification = specification
    self.options = options
    scaling = Scaling(scale: options.scale, seed: options.seed ?? specification.seed)
  }

  func write(to folder: String) throws(GenerateError) {
    var data = try draw()
    var faults = FaultInjection(specification.faults, scaling: scaling)
    try faults.alter(&data)
    data.number()
    var tables = data.tables(
      of: specification.sources, chinese: specification.chineseTables, seed: scaling.seed)
    try faults.addRows(to: &tables, of: data)
    for table in tables where options.includes(table.schema.file) {
      try table.write(to: folder)
    }
    if options.includes("hospital") {
      var settings = try OutputFile("\(folder)/hospital.yaml")
      try settings.put(Array(specification.settings.utf8))
      try settings.finish()
    }
  }

  private func draw() throws(GenerateError) -> HospitalData {
    var roster = RosterDraw(specification, scale: scaling.scale, seed: scaling.seed)
    var data = try HospitalData(roster: roster.roster())
    for half in specification.halves {
      for (source, target) in half.activities {
        var draw = try ActivityDraw(
          source, target, in: half.period, roster: data.roster, options: scaling)
        data.activities[source, default: []] += try draw.events()
      }
      for (source, target) in half.ledgers {
        var draw = try LedgerDraw(
          source, target, in: half.period, until: specification.lastDay, roster: data.roster,
          options: scaling)
        var items = draw.items()
        var details = LedgerDetails(
          source, target, in: half.period, until: specification.lastDay, roster: data.roster,
          seed: scaling.seed)
        try details.complete(&items)
        data.ledgers[source, default: []] += items
      }
    }
    return data
  }
}

/// A hospital's records, before they are rows. What belongs to a source is found by its name and
/// always gone through in the order of the contract.
struct HospitalData {
  let roster: Roster
  var activities: [String: [Event]] = [:]
  var ledgers: [String: [Item]] = [:]

  init(roster: Roster) { self.roster = roster }

  /// Puts the records into the order of their days and numbers them.
  mutating func number() {
    for (source, events) in activities {
      var sorted = stableSort(events) { $0.date < $1.date }
      for index in sorted.indices {
        sorted[index].id = identifier(prefix(source), index + 1, of: sorted.count)
      }
      activities[source] = sorted
    }
    for (source, items) in ledgers {
      var sorted = stableSort(items) { $0.raised < $1.raised }
      for index in sorted.indices {
        sorted[index].id = identifier(prefix(source), index + 1, of: sorted.count)
      }
      ledgers[source] = sorted
    }
  }

  /// The letters before a record's number, from the Chinese name of its kind.
  private func prefix(_ source: String) -> String {
    let prefixes = [
      "training": "PX", "drills": "YL", "assessments": "KH", "studies": "XX", "outreach": "YZ",
      "volunteering": "ZY", "issues": "WT", "commitments": "CN", "tasks": "SS", "topics": "KT",
      "suggestions": "JY", "projects": "XM", "policies": "ZD",
    ]
    return prefixes[source] ?? "X"
  }

  /// The library's sort does not promise to keep the order of equals.
  private func stableSort<Element>(
    _ elements: [Element], _ isBefore: (Element, Element) -> Bool
  ) -> [Element] {
    elements.indices.sorted {
      isBefore(elements[$0], elements[$1])
        || !isBefore(elements[$1], elements[$0]) && $0 < $1
    }.map { elements[$0] }
  }
}
