/// Everything that a workspace tells, and how it is sliced into rows of the statistics.
struct Hospital {
  let roster: Roster
  let activities: [Activities]
  let ledgers: [Ledger]
  let asOf: CalendarDay?

  func figures(of period: Span) -> [FigureKey: Figure] {
    var result: [FigureKey: Figure] = [:]
    for span in [period, period.previous, period.sameLastYear] {
      let window = self.window(of: span, label: span.label)
      for slice in wholeSlices() + partSlices() { addAll(slice, window, to: &result) }
      addBreakdowns(window, to: &result)
    }
    for month in period.months {
      let window = self.window(of: month, label: period.label, month: month.label)
      for slice in wholeSlices() { addAll(slice, window, to: &result) }
    }
    return result
  }

  private func window(of span: Span, label: String, month: String = "") -> Window {
    let last = asOf.map { min($0, span.last) } ?? span.last
    return Window(label: label, month: month, first: span.first, last: last)
  }

  private var everyDepartment: Set<Int> { Set(roster.departments.indices) }

  /// The hospital and each department: what has rows for months too.
  private func wholeSlices() -> [Slice] {
    [Slice("hospital", "", departments: everyDepartment)]
      + roster.departments.indices.map {
        Slice("department", roster.departments[$0].id, departments: [$0])
      }
  }

  private func partSlices() -> [Slice] {
    slices("branch", by: \.branch) + slices("category", by: \.category)
  }

  /// One slice for each value; those without one come under the empty member. None where no
  /// department has a value.
  private func slices(_ scope: String, by part: KeyPath<Department, String>) -> [Slice] {
    let values = Set(roster.departments.map { $0[keyPath: part] })
    if values.subtracting([""]).isEmpty { return [] }
    return values.map { value in
      let indices = roster.departments.indices.filter {
        roster.departments[$0][keyPath: part] == value
      }
      return Slice(scope, value, departments: Set(indices))
    }
  }

  private func addAll(_ slice: Slice, _ window: Window, to result: inout [FigureKey: Figure]) {
    add(staffFigures(slice, window), "", slice, window, to: &result)
    for source in activities { add(source, slice, window, to: &result) }
    for ledger in ledgers { add(ledger, slice, window, to: &result) }
  }

  private func addBreakdowns(_ window: Window, to result: inout [FigureKey: Figure]) {
    for source in activities {
      for column in source.breakdowns {
        for value in Set(source.events.map { $0.labels[column] ?? "" }) {
          let slice = Slice(
            "\(source.files.source).\(column)", value, departments: everyDepartment,
            label: (column, value))
          add(source, slice, window, to: &result)
        }
      }
    }
    for ledger in ledgers {
      for column in ledger.breakdowns {
        for value in Set(ledger.items.map { $0.labels[column] ?? "" }) {
          let slice = Slice(
            "\(ledger.name).\(column)", value, departments: everyDepartment,
            label: (column, value))
          add(ledger, slice, window, to: &result)
        }
      }
    }
  }

  private func add(
    _ source: Activities, _ slice: Slice, _ window: Window, to result: inout [FigureKey: Figure]
  ) {
    let figures = ActivityFigures(
      activities: source, roster: roster, window: window, slice: slice)
    add(figures.all(), "\(source.files.source).", slice, window, to: &result)
  }

  private func add(
    _ ledger: Ledger, _ slice: Slice, _ window: Window, to result: inout [FigureKey: Figure]
  ) {
    let items = ledger.items.filter {
      slice.departments.contains(roster.told($0.department)) && slice.covers($0.labels)
    }
    let figures = LedgerFigures(items: items.compactMap { $0.known(on: asOf) }, window: window)
    add(figures.all(), "\(ledger.name).", slice, window, to: &result)
  }

  private func add(
    _ figures: [String: Figure], _ prefix: String, _ slice: Slice, _ window: Window,
    to result: inout [FigureKey: Figure]
  ) {
    for (name, figure) in figures {
      let key = FigureKey(
        metric: prefix + name, period: window.label, month: window.month, scope: slice.scope,
        member: slice.member)
      result[key] = figure
    }
  }

  private func staffFigures(_ slice: Slice, _ window: Window) -> [String: Figure] {
    let employed = roster.people.indices.filter {
      slice.departments.contains(roster.department(of: $0, on: window.last))
        && roster.people[$0].isEmployed(on: window.last)
    }.map { roster.people[$0] }
    let employees = employed.filter(\.isEmployee)
    let volunteers = employees.filter(\.isVolunteer).count
    var figures: [String: Figure] = [
      "staff.headcount": .count("people", employed.count),
      "staff.employees": .count("people", employees.count),
    ]
    if roster.hasVolunteerColumn {
      figures["volunteers.registered"] = .count("people", volunteers)
      figures["volunteers.registration_rate"] = .ratio(volunteers, of: employees.count)
    }
    return figures
  }
}
