internal import Reading
internal import Records

/// Events that two departments may have reported each under an id of its own: on the same day, about the
/// same, and with half of the smaller list or more in common: a guest at another department's event is
/// no sign.
struct SameEvents {
  /// Groups of events, by index, that are alike but for their department.
  let groups: [[Int]]

  init(_ events: Events) {
    var alike: [Likeness: [Int]] = [:]
    for (index, subject) in events.subjects.enumerated() where !subject.isEmpty {
      alike[Likeness(day: events.all[index].day, subject: subject), default: []].append(index)
    }
    groups = alike.values.filter { group in
      Set(group.map { events.all[$0].department }).count > 1
    }.sorted { $0[0] < $1[0] }
  }

  private struct Likeness: Hashable {
    let day: Int32
    let subject: String
  }

  /// Each later event of a group with the first before it that it shares its people with.
  func pairs(_ events: Events) -> [(earlier: Int, later: Int, shared: Int)] {
    var pairs: [(earlier: Int, later: Int, shared: Int)] = []
    for group in groups {
      for (position, later) in group.enumerated() {
        for earlier in group[..<position]
        where events.all[earlier].department != events.all[later].department {
          let (first, second) = (
            events.people[Int32(earlier)] ?? [], events.people[Int32(later)] ?? []
          )
          let shared = first.intersection(second).count
          guard shared > 0, shared * 2 >= min(first.count, second.count) else { continue }
          pairs.append((earlier, later, shared))
          break
        }
      }
    }
    return pairs
  }
}

/// Collects who took part in certain events.
private final class EventPeople: BlockWorker {
  private(set) var people: [Int32: Set<Int32>]
  private let decoder: TableDecoder

  init(events: Set<Int32>, decoder: TableDecoder) {
    people = Dictionary(uniqueKeysWithValues: events.map { ($0, []) })
    self.decoder = decoder
  }

  func decode(_ block: RecordBlock) {
    decoder.decodeReferences(block)
    guard let events = decoder.column(.event), let persons = decoder.column(.person) else { return }
    for row in 0..<block.rowCount where events[row] >= 0 && persons[row] >= 0 {
      people[Int32(truncatingIfNeeded: events[row])]?.insert(
        Int32(truncatingIfNeeded: persons[row]))
    }
  }

  func commit(_ block: RecordBlock) {}
  func finish(_ block: RecordBlock) {}
}

extension Checker {
  /// Warns of events that seem to be reported twice, after a further pass over who took part.
  func tellSameEvents(_ events: Events, _ pass: TablePass, _ references: References) {
    let same = SameEvents(events)
    let wanted = Set(same.groups.joined().map { Int32($0) })
    guard !wanted.isEmpty else { return }
    for part in pass.parts {
      do throws(ReadingError) {
        let worker = EventPeople(events: wanted, decoder: pass.decoder(part, references))
        try reopen(part).run([worker], slots: part.heading.slots)
        events.people.merge(worker.people) { $0.union($1) }
      } catch {
        // A file that cannot be read has been told when it was read for its rows.
        continue
      }
    }
    for (earlier, later, shared) in same.pairs(events) {
      let row = events.all[later].row
      let place = events.places.place(of: row) { events.subjectTitles[$0] }
      let other = events.places.name(of: events.all[earlier].row, seenFrom: place)
      var finding = Finding(
        .sameEvent, at: place, value: events.subjects[later], detail: "\(shared); \(other)")
      finding.submitter = departmentId(events.all[later].department)
      findings.add([finding])
    }
  }

  /// The id of a department by its index; empty where there is none.
  func departmentId(_ index: Int32) -> String {
    guard let loaded, loaded.all.indices.contains(Int(index)) else { return "" }
    return loaded.all[Int(index)].id
  }
}
