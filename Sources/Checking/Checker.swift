public import Reading
public import Records
internal import Threading
public import Workspace

/// Checks the tables of a workspace one after the other: accepted rows go to their consumers, what is
/// wrong to the findings, and what became of the rows to the outcomes.
public final class Checker {
  public let findings = FindingSink()
  /// One for each file that has been read, in that order.
  public internal(set) var outcomes: [FileOutcome] = []
  /// Files that could not be read to their end; their figures are incomplete.
  public internal(set) var unreadable: [(file: String, error: ReadingError)] = []
  /// The sheets that have been read, with their headings.
  public internal(set) var sheets: [CheckedSheet] = []
  /// Whether events that two departments may have reported each are looked for; a further pass over who
  /// took part is the price where any may be.
  public var looksForSameEvents = false
  /// Which departments rows are handed on with.
  public var departmentView = DepartmentView.asWas
  /// Groups of people that take the departments' place; nil where departments are meant.
  public var grouping: GroupedPeople?
  /// The day by which departments have closed and people have moved, where those of today are meant.
  public var now = Day.latest
  /// The threads that may be hired while a table is read; nil where it has all of them at once.
  var crew: Crew?
  /// The departments, once they have been read.
  var loaded: Departments?
  let workspace: Workspace
  let jobs: Int
  let lastKnownDay: Day
  let tracer: RowTracer?
  /// Keeps everybody's id, for lists of names.
  public var keepsStaffIds = false
  /// What an earlier run has found in files that are still the same; nil where everything is to be read.
  public var memory: (any FileMemory)?

  /// - Parameters:
  ///   - jobs: the number of threads.
  ///   - lastKnownDay: what is dated later lies in the future.
  ///   - tracer: holds the rows of the tables that it asks for.
  public init(
    workspace: Workspace, jobs: Int, lastKnownDay: Day, tracer: RowTracer? = nil
  ) {
    self.tracer = tracer
    self.workspace = workspace
    self.jobs = max(1, jobs)
    self.lastKnownDay = lastKnownDay
  }

  /// Loads the departments; nil where there are none to read.
  public func departments() -> Departments? {
    let pass = TablePass(.departments, files: workspace.files(of: .departments), needsColumns: true)
    let list = DepartmentList(extraAliases: workspace.settings.departmentAliases)
    let recall = recall(pass, DepartmentList.form, list, on: [])
    let isRead = read(pass, recall: recall) { part in
      [
        DepartmentLoader(
          decoder: pass.decoder(part, References()), list: list,
          capture: recall?.captures(part, 1)[0])
      ]
    }
    guard isRead else { return loaded }
    recall?.keep()
    let (departments, found) = list.complete(departmentView, now: now)
    findings.add(found)
    loaded = departments
    return loaded
  }

  /// Loads the staff list; nil where there is none to read.
  public func staff(_ departments: Departments) -> Staff? {
    let pass = TablePass(
      .staff, files: workspace.files(of: .staff), implying: departments, needsColumns: true)
    let references = References(departments: departments)
    let keeper = StaffKeeper(
      workspace.settings.plan, keepsIds: keepsStaffIds, keepsGroups: grouping != nil)
    let list = StaffList(
      departments, keeper, Staff(expecting: expectedRows(pass.table)))
    let staff = list.staff
    let recall = recall(pass, list.form, list, on: [.departments])
    let isRead = read(pass, recall: recall) { part in
      list.begin(part, pass)
      return captures(part, recall).map {
        StaffLoader(decoder: pass.decoder(part, references), list: list, capture: $0)
      }
    }
    if let keeper { staff.keep(keeper.kept(groupTexts: pass.texts(.group))) }
    staff.settleNames()
    guard isRead else { return nil }
    recall?.keep()
    if let grouping {
      regroup(staff, departments, by: grouping)
    } else {
      readAssignments(staff, departments)
    }
    tracer?.know(staff)
    return staff
  }

  /// A large table's rows at most, as far as its files' size tells. What this reserves is taken from the
  /// system only when it is used; a limit keeps it from asking for what no machine has. A small table has
  /// nothing to win: what is reserved for it is of memory that has been used before, and is cleared.
  private func expectedRows(_ table: TableSchema) -> Int {
    let size = workspace.byteCount(of: table)
    return size < 1 << 20 ? 0 : min(size / 24, 1 << 23)
  }

  /// Loads the events of an activity; nil where there are none to read.
  public func events(_ source: Source, _ departments: Departments) -> Events? {
    let pass = TablePass(
      source.records, files: workspace.files(of: source.records), implying: departments)
    let events = Events(expecting: expectedRows(pass.table))
    let references = References(departments: departments)
    let form = Events.form(departments)
    let recall =
      looksForSameEvents
      ? nil : recall(pass, form, events, on: [.departments], looksAtFuture: true)
    let isRead = read(pass, recall: recall) { part in
      events.begin(part, pass)
      return captures(part, recall).map { capture in
        let decoder = pass.decoder(part, references)
        return EventLoader(
          decoder: decoder, events: events, lastKnownDay: lastKnownDay,
          keepsSubjects: looksForSameEvents, capture: RecordCapture(form, decoder, capture))
      }
    }
    events.forms = pass.texts(.form)
    events.kinds = pass.texts(.kind)
    events.shifts = pass.texts(.shift)
    guard isRead else { return nil }
    recall?.keep()
    reportUndeclared(source, events, pass)
    return events
  }

  /// What takes a sheet's rows for later runs, on each thread.
  private func captures(_ part: TablePart, _ recall: FileRecall?) -> [RowCapture?] {
    recall?.captures(part, jobs) ?? Array(repeating: nil, count: jobs)
  }

  /// Which result columns a participation file has.
  public struct ResultColumns: Sendable {
    public let hasScore: Bool
    public let hasPassed: Bool
  }

  /// Reads the participations of an activity; nil where there are none to read. What the consumers have got
  /// then is to be thrown away: it is not all.
  ///
  /// - Parameter consumers: one for each thread; they may be merged in any order.
  public func participations(
    _ source: Source, events: Events, staff: Staff, consumers: [any ParticipationConsumer]
  ) -> ResultColumns? {
    guard let table = source.participation else { return nil }
    let pass = TablePass(table, files: workspace.files(of: table))
    let references = References(departments: loaded, staff: staff, events: events)
    let watch = PairWatch(workspace, table, people: staff.count, events: events.count)
    let meetings =
      looksForSameEvents
      ? MeetingWatch(events, expectedRows: workspace.byteCount(of: table) / 12) : nil
    let recall = recall(pass, watch, source, events, staff, consumers[0])
    var suspicion = Suspicion()
    let throughout = EmployedThroughout(staff, events)
    let isRead = read(pass, recall: recall) { part in
      zip(consumers, recall?.captures(part, consumers.count) ?? consumers.map { _ in nil }).map {
        ParticipationCheck(
          decoder: pass.decoder(part, references), events: events, staff: staff,
          throughout: throughout, watch: watch.watch, meetings: meetings, places: pass.places,
          consumer: $0, capture: $1)
      }
    } finished: { _, checks in
      suspicion.add(checks)
    }
    guard isRead else { return nil }
    do throws(ChangedFile) {
      let counted = try settle(
        suspicion, meetings, pass, references, staff, consumers[0], events)
      recall?.keep { RecalledParticipations.bytes(of: counted, $0, pass, events) }
    } catch {
      disown(pass, error)
      return nil
    }
    return ResultColumns(hasScore: pass.has(.score), hasPassed: pass.has(.passed))
  }

  /// Settles what the first pass over a participation table has left open.
  ///
  /// - Returns: the suspects that have been counted.
  private func settle(
    _ suspicion: Suspicion, _ watch: MeetingWatch?, _ pass: TablePass, _ references: References,
    _ staff: Staff, _ consumer: any ParticipationConsumer, _ events: Events
  ) throws(ChangedFile) -> [ParticipationCheck.Suspect] {
    var counted: [ParticipationCheck.Suspect] = []
    var answers: [MeetingSearch] = []
    var open = suspicion.question
    var questions = watch?.questions ?? []
    while open != nil || !questions.isEmpty {
      let search = questions.isEmpty ? nil : questions.removeFirst()
      let found = try lookAgain(pass, references, suspects: open, meetings: search)
      if let table = found.suspects {
        counted = settle(suspicion, by: table, pass, references, staff, consumer) {
          watch?.takeBack($0)
        }
      }
      open = nil
      answers += [found.meetings].compactMap { $0 }
    }
    if let watch { tellSameEvents(answers, watch, events) }
    return counted
  }

  /// The labels of a ledger's columns by code; nil where the file lacks the column.
  public struct LedgerLabels: Sendable {
    public let levels: [String]?
    public let categories: [String]?
    public let sources: [String]?
    /// The rows themselves, where they are kept.
    public let register: LedgerRegister?
  }

  /// Reads the items of a ledger; nil where there are none to read.
  public func ledger(
    _ source: Source, departments: Departments, staff: Staff, consumers: [any LedgerConsumer],
    keeping: LedgerKeeping = .nothing
  ) -> LedgerLabels? {
    let pass = TablePass(
      source.records, files: workspace.files(of: source.records), implying: departments)
    let references = References(departments: departments, staff: staff)
    let ids = IdentifierIndex(expecting: expectedRows(pass.table))
    let keepers = consumers.map { _ in
      keeping == .nothing ? nil : LedgerKeeper(withTexts: keeping == .daysAndTexts)
    }
    let recall = recall(pass, ids, departments, staff, consumers[0], keepers[0], keeping)
    let isRead = read(pass, recall: recall) { part in
      let captures = recall?.captures(part, consumers.count) ?? consumers.map { _ in nil }
      return zip(zip(consumers, keepers), captures).map { receivers, capture in
        LedgerCheck(
          decoder: pass.decoder(part, references), ids: ids, lastKnownDay: lastKnownDay,
          consumer: receivers.0, keeper: receivers.1, capture: capture)
      }
    }
    guard isRead else { return nil }
    recall?.keep()
    let kept = keepers.compactMap { $0 }
    let register = kept.isEmpty ? nil : LedgerRegister(kept, texts: pass.texts)
    if let register { reportUndeclared(source, register, pass) }
    return LedgerLabels(
      levels: pass.texts(.level), categories: pass.texts(.category), sources: pass.texts(.source),
      register: register)
  }
}

extension Checker {
  /// Warns where an event's list and its stated head count differ.
  ///
  /// - Parameter listed: the accepted participations of an event, by its index.
  public func compareHeadCounts(_ events: Events, listed: (Int) -> Int) {
    var differing: [Finding] = []
    for (index, event) in events.all.enumerated() where event.participants >= 0 {
      let count = listed(index)
      guard count > 0, count != Int(event.participants) else { continue }
      let place = events.places.place(of: event.row) { events.participantsTitles[$0] }
      var finding = Finding(
        .headCountDiffers, at: place, value: "\(event.participants)", detail: "\(count)")
      finding.submitter = departmentId(event.department)
      differing.append(finding)
    }
    findings.add(differing)
  }

  /// Warns of values of a ledger that the settings' list of a column does not have.
  private func reportUndeclared(_ source: Source, _ register: LedgerRegister, _ pass: TablePass) {
    reportUndeclared(
      source, register.entries, pass,
      columns: [
        (.category, register.categories, { $0.item.category }),
        (.source, register.sources, { $0.item.source }),
        (.aspect, register.aspects, { $0.aspect }),
      ], place: { ($0.row, $0.item.department) })
  }

  private func reportUndeclared(_ source: Source, _ events: Events, _ pass: TablePass) {
    reportUndeclared(
      source, events.all, pass,
      columns: [
        (.form, events.forms, { $0.form }), (.kind, events.kinds, { $0.kind }),
        (.shift, events.shifts, { $0.shift }),
      ], place: { ($0.row, $0.department) })
  }

  /// - Parameters:
  ///   - columns: the values of each by code, and the code of a row; -1 where it states none.
  ///   - place: a row's place in its table, and its department.
  private func reportUndeclared<Row>(
    _ source: Source, _ rows: some Sequence<Row>, _ pass: TablePass,
    columns: [(role: Role, texts: [String]?, code: (Row) -> Int16)],
    place: (Row) -> (row: UInt32, department: Int32)
  ) {
    guard let vocabulary = workspace.settings.plan.vocabulary[source.name] else { return }
    for (role, texts, code) in columns {
      guard let texts, let field = source.records.field(role),
        let known = vocabulary.values[field.name]
      else { continue }
      let isListed = texts.map { text in known.contains { [$0.chinese, $0.english].contains(text) }
      }
      findings.add(
        rows.compactMap { row in
          let code = Int(code(row))
          guard code >= 0, !isListed[code] else { return nil }
          let (number, department) = place(row)
          var finding = Finding(
            .undeclaredValue,
            at: pass.places.place(of: number) { pass.parts[$0].heading.title(role) },
            value: texts[code])
          finding.submitter = departmentId(department)
          return finding
        })
    }
  }
}
