internal import Records

/// The rows of a participation table that may be repetitions, and the warnings that depend on it.
struct Suspicion {
  private(set) var suspects: [ParticipationCheck.Suspect] = []
  private(set) var warnings: [Finding] = []

  mutating func add(_ checks: [ParticipationCheck]) {
    suspects += checks.flatMap(\.suspects)
    warnings += checks.flatMap(\.decoder.deferredWarnings)
  }

  /// The question of a second look at the table; nil where nothing is suspected.
  var question: SuspectTable? {
    suspects.isEmpty ? nil : SuspectTable(pairs: suspects.map(\.pair))
  }
}

extension Checker {
  /// Decides about every suspect: counts it, or lists it as a repetition.
  ///
  /// - Parameter repeated: is called with the event of each repetition.
  /// - Returns: those that have been counted.
  func settle(
    _ suspicion: Suspicion, by table: SuspectTable, _ pass: TablePass, _ references: References,
    _ staff: Staff, _ consumer: any ParticipationConsumer, repeated: (Int32) -> Void
  ) -> [ParticipationCheck.Suspect] {
    var accepted: [ParticipationCheck.Suspect] = []
    var repetitions: [Finding] = []
    var places: Set<SourceLocation> = []
    for suspect in suspicion.suspects {
      let first = table.firstRow(of: suspect.pair)
      if first == suspect.row {
        accepted.append(suspect)
        continue
      }
      let place = pass.places.place(of: suspect.row) { pass.parts[$0].heading.title(.person) }
      places.insert(pass.places.place(of: suspect.row))
      if let index = outcomes.firstIndex(where: { $0.file == place.file }) {
        outcomes[index].rowsRejected += 1
      }
      let detail = pass.places.name(of: first, seenFrom: place)
      var finding = Finding(.duplicateParticipation, at: place, detail: detail)
      finding.submitter = references.submitter(
        department: nil, event: Int64(suspect.participation.event))
      repetitions.append(finding)
      repeated(suspect.participation.event)
    }
    let rows = accepted.map(\.participation)
    let hasMoved = { (row: Participation) in staff.people[Int(row.person)].hasMoved }
    rows.filter { !hasMoved($0) }.withUnsafeBufferPointer(consumer.add)
    rows.filter(hasMoved).withUnsafeBufferPointer(consumer.addMoved)
    findings.add(repetitions)
    findings.add(suspicion.warnings.filter { !places.contains($0.location.row($0.location.row)) })
    return accepted
  }
}
