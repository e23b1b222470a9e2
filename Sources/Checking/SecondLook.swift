internal import Reading
internal import Records

/// The second pass over a participation table: what the first one could only suspect is settled.
final class SecondLook: BlockWorker {
  /// The first row of every suspected pair.
  private(set) var suspects: SuspectTable?
  /// Who stands in several events that are alike.
  private(set) var meetings: MeetingSearch?
  private let decoder: TableDecoder

  init(suspects: SuspectTable?, meetings: MeetingSearch?, decoder: TableDecoder) {
    self.suspects = suspects
    self.meetings = meetings
    self.decoder = decoder
  }

  func decode(_ block: RecordBlock) {
    // Of the people who meet only accepted rows are asked.
    if meetings == nil { decoder.decodeReferences(block) } else { decoder.decodeOnly(block) }
    guard let events = decoder.column(.event), let people = decoder.column(.person) else { return }
    let base = decoder.part.rowBase
    for row in 0..<block.rowCount where events[row] >= 0 && people[row] >= 0 {
      suspects?.see(PairKey(events[row], people[row]), in: block.rowNumbers[row] &+ base)
      if !decoder.isRejected[row] { meetings?.see(events[row], people[row]) }
    }
  }

  func commit(_ block: RecordBlock) {}
  func finish(_ block: RecordBlock) {}
}

extension Checker {
  /// Goes through a participation table once more, for what is asked about it.
  ///
  /// - Returns: the same questions with their answers.
  /// - Throws: `ReadingError.changedWhileRead`, and the file, where the rows cannot be had as they were.
  func lookAgain(
    _ pass: TablePass, _ references: References, suspects: SuspectTable?, meetings: MeetingSearch?
  ) throws(ChangedFile) -> (suspects: SuspectTable?, meetings: MeetingSearch?) {
    var (suspects, meetings) = (suspects, meetings)
    // One that broke off before has been told already; its rows are looked at as far as they go.
    let brokenOff = Set(unreadable.map(\.file))
    for part in pass.parts {
      let looks = (0..<jobs).map { _ in
        SecondLook(
          suspects: suspects, meetings: meetings?.unanswered,
          decoder: pass.decoder(part, references))
      }
      do throws(ReadingError) {
        let reader = try reopen(part)
        try reader.run(looks, slots: part.heading.slots, crew: crew)
        guard outcomes.contains(where: { $0.file == part.file && $0.sha256 == reader.sha256 })
        else { throw .changedWhileRead }
      } catch {
        guard brokenOff.contains(part.file) else { throw ChangedFile(file: part.file) }
      }
      for look in looks {
        if let seen = look.suspects { suspects?.merge(seen) }
        if let seen = look.meetings { meetings?.merge(seen) }
      }
    }
    return (suspects, meetings)
  }

  /// Takes back that a table has been read: a file of it is not what it was, so that of its rows nobody can
  /// say which are counted.
  func disown(_ pass: TablePass, _ changed: ChangedFile) {
    let files = Set(pass.parts.map(\.file))
    outcomes.removeAll { files.contains($0.file) }
    note(.changedWhileRead, changed.file)
  }
}

/// A file whose rows were not the same when they were looked at again.
struct ChangedFile: Error {
  let file: String
}
