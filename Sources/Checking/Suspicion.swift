internal import Reading
internal import Records

/// The rows of a participation table that may be repetitions, and the warnings that depend on it.
struct Suspicion {
  private(set) var suspects: [ParticipationCheck.Suspect] = []
  private(set) var warnings: [Finding] = []

  mutating func add(_ checks: [ParticipationCheck]) {
    suspects += checks.flatMap(\.suspects)
    warnings += checks.flatMap(\.decoder.deferredWarnings)
  }
}

extension Checker {
  /// Decides about every suspect: counts it, or lists it as a repetition.
  ///
  /// - Returns: those that have been counted; nil where nothing could be decided.
  @discardableResult
  func settle(
    _ suspicion: Suspicion, _ pass: TablePass, _ references: References, _ staff: Staff,
    _ consumer: any ParticipationConsumer
  ) -> [ParticipationCheck.Suspect]? {
    let suspects = suspicion.suspects
    guard !suspects.isEmpty else { return [] }
    guard let table = search(pass, references, suspects.map(\.pair)) else { return nil }
    var accepted: [ParticipationCheck.Suspect] = []
    var repeated: Set<SourceLocation> = []
    for suspect in suspects {
      let first = table.firstRow(of: suspect.pair)
      if first == suspect.row {
        accepted.append(suspect)
        continue
      }
      let row = pass.places.place(of: suspect.row)
      let place = pass.places.place(of: suspect.row) { pass.parts[$0].heading.title(.person) }
      repeated.insert(row)
      if let index = outcomes.firstIndex(where: { $0.file == place.file }) {
        outcomes[index].rowsRejected += 1
      }
      let detail = pass.places.name(of: first, seenFrom: place)
      var finding = Finding(.duplicateParticipation, at: place, detail: detail)
      finding.submitter = references.submitter(
        department: nil, event: Int64(suspect.participation.event))
      findings.add([finding])
    }
    let rows = accepted.map(\.participation)
    let hasMoved = { (row: Participation) in staff.people[Int(row.person)].hasMoved }
    rows.filter { !hasMoved($0) }.withUnsafeBufferPointer(consumer.add)
    rows.filter(hasMoved).withUnsafeBufferPointer(consumer.addMoved)
    findings.add(
      suspicion.warnings.filter { !repeated.contains($0.location.row($0.location.row)) })
    return accepted
  }

  /// The second pass over a table: the first row of every suspected pair.
  private func search(
    _ pass: TablePass, _ references: References, _ pairs: [PairKey]
  ) -> SuspectTable? {
    var table = SuspectTable(pairs: pairs)
    for part in pass.parts {
      do throws(ReadingError) {
        let reader = try reopen(part)
        let searches = (0..<jobs).map { _ in
          SuspectSearch(table: table, decoder: pass.decoder(part, references))
        }
        try reader.run(searches, slots: part.heading.slots)
        guard outcomes.contains(where: { $0.file == part.file && $0.sha256 == reader.sha256 })
        else { throw .changedWhileRead }
        for search in searches { table.merge(search.table) }
      } catch {
        // One that broke off before has been told already; its rows have been looked at as far.
        guard !unreadable.contains(where: { $0.file == part.file }) else { continue }
        note(error, part.file)
        return nil
      }
    }
    return table
  }
}
