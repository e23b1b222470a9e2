internal import Reading
internal import Records

// Two departments may have reported one event each under an id of its own: on the same day, about the
// same, and with half of the smaller list or more in common (a guest at another department's event is no
// sign).
//
// Most events are like no other one, and most people stand in one of those that are: so the events alone
// tell which are looked at (`MeetingWatch.groups`), while their lists are counted a filter tells who may
// stand in two of a group, and only these people are looked up in a second pass over the lists. A set of
// people for each event, as it was before, took six times as long as all the rest over 1,000 hospitals, and
// memory for every row.

/// What events are about, as small numbers: the same for texts that differ in width, case and blanks.
struct Subjects {
  private var known = HashedTexts()
  private var folded: [String: Int32] = [:]
  /// The folded texts by code.
  private(set) var texts: [String] = []

  /// The code of a text; -1 where it says nothing.
  mutating func code(of cell: CellBytes) -> Int32 {
    let found = known.find(cell)
    if found != IdentifierIndex.absent { return found }
    let text = TextFolding.folded(cell.text)
    guard !text.isEmpty else { return -1 }
    let code = folded[text] ?? Int32(texts.count)
    if code == texts.count {
      folded[text] = code
      texts.append(text)
    }
    _ = known.set(cell, to: code)
    return code
  }
}

/// Watches the participations of events that are alike but for their department.
final class MeetingWatch {
  /// By event: the number of its group, -1 where no event of another department is like it.
  let groups: [Int32]
  let groupCount: Int
  /// By event: the accepted participations.
  private(set) var listed: [UInt32]
  /// The (group, person) pairs that may stand in several events of the group; nil where there are more
  /// than are kept.
  private(set) var suspects: [PairKey]? = []
  private let filter: PairFilter
  private let mostSuspects: Int

  /// Nil where no two events are alike.
  ///
  /// - Parameter mostSuspects: so many are kept; where there are more, everybody is looked up.
  init?(_ events: Events, expectedRows: Int, mostSuspects: Int = 1 << 20) {
    self.mostSuspects = mostSuspects
    (groups, groupCount) = MeetingWatch.groups(of: events)
    guard groupCount > 0 else { return nil }
    listed = [UInt32](repeating: 0, count: events.count)
    filter = PairFilter(expectedPairs: expectedRows)
  }

  /// Numbers the groups of events of the same day and subject that are of several departments.
  private static func groups(of events: Events) -> ([Int32], Int) {
    var groups = [Int32](repeating: -1, count: events.count)
    var firsts: [UInt64: Int] = [:]
    var count = 0
    for (index, subject) in events.subjectCodes.enumerated() where subject >= 0 {
      let event = events.all[index]
      let likeness =
        UInt64(UInt32(bitPattern: event.day)) << 32 | UInt64(UInt32(bitPattern: subject))
      guard let first = firsts[likeness] else {
        firsts[likeness] = index
        continue
      }
      if groups[first] >= 0 || event.department != events.all[first].department {
        if groups[first] < 0 {
          groups[first] = Int32(count)
          count += 1
        }
        groups[index] = groups[first]
      }
    }
    // One of the first one's own department may have come before that of another one.
    for (index, subject) in events.subjectCodes.enumerated() where subject >= 0 && groups[index] < 0
    {
      let day = UInt64(UInt32(bitPattern: events.all[index].day))
      if let first = firsts[day << 32 | UInt64(UInt32(bitPattern: subject))] {
        groups[index] = groups[first]
      }
    }
    return (groups, count)
  }

  /// Takes the rows of the next block; in the order of the file, one block at a time.
  func see(
    events: UnsafePointer<Int64>, people: UnsafePointer<Int64>, count: Int,
    isAccepted: (Int) -> Bool
  ) {
    groups.withUnsafeBufferPointer { groups in
      for row in 0..<count {
        let later = min(row &+ Prefetch.rows, count &- 1)
        if events[later] >= 0 {
          filter.prefetch(PairKey(Int64(groups[Int(events[later])]), people[later]))
        }
        guard events[row] >= 0, people[row] >= 0, isAccepted(row) else { continue }
        let event = Int(events[row])
        listed[event] &+= 1
        guard groups[event] >= 0 else { continue }
        let pair = PairKey(Int64(groups[event]), people[row])
        if filter.insert(pair) { suspect(pair) }
      }
    }
  }

  private func suspect(_ pair: PairKey) {
    guard let count = suspects?.count else { return }
    if count < mostSuspects { suspects?.append(pair) } else { suspects = nil }
  }

  /// A participation that was taken for an accepted one turned out to be a repetition.
  func takeBack(_ event: Int32) { listed[Int(event)] &-= 1 }

  /// What to ask a second look at the lists, one after the other; empty where nobody can have been in two
  /// events that are alike. Where most people have, they are asked for some groups at a time.
  var questions: [MeetingSearch] {
    if let suspects {
      return suspects.isEmpty
        ? [] : [MeetingSearch(groups: groups, wanted: .pairs(PairSet(suspects)))]
    }
    var sizes = [Int](repeating: 0, count: groupCount)
    for (event, group) in groups.enumerated() where group >= 0 {
      sizes[Int(group)] += Int(listed[event])
    }
    var questions: [MeetingSearch] = []
    var (first, size) = (0, 0)
    for group in 0..<groupCount {
      size += sizes[group]
      guard size >= mostSuspects || group == groupCount - 1 else { continue }
      questions.append(MeetingSearch(groups: groups, wanted: .groups(first...group)))
      (first, size) = (group + 1, 0)
    }
    return questions
  }
}

/// Looks up in which events of a group people stand.
struct MeetingSearch {
  enum Wanted {
    case pairs(PairSet)
    case groups(ClosedRange<Int>)
  }

  /// A person in an event of a group.
  struct Attendance: Comparable {
    let pair: PairKey
    let event: Int32

    static func < (left: Attendance, right: Attendance) -> Bool {
      (left.pair.raw, left.event) < (right.pair.raw, right.event)
    }
  }

  private let groups: [Int32]
  private let wanted: Wanted
  private var found: [Attendance] = []

  init(groups: [Int32], wanted: Wanted) {
    self.groups = groups
    self.wanted = wanted
  }

  /// The same question for another thread.
  var unanswered: MeetingSearch { MeetingSearch(groups: groups, wanted: wanted) }

  @inline(__always)
  mutating func see(_ event: Int64, _ person: Int64) {
    let group = groups[Int(event)]
    guard group >= 0 else { return }
    let pair = PairKey(Int64(group), person)
    switch wanted {
    case .pairs(let pairs): guard pairs.find(pair) != nil else { return }
    case .groups(let range): guard range.contains(Int(group)) else { return }
    }
    found.append(Attendance(pair: pair, event: Int32(truncatingIfNeeded: event)))
  }

  mutating func merge(_ other: MeetingSearch) { found += other.found }

  /// Nobody is at more events of the same subject on a day; of absurd data no more are compared.
  private static let mostEvents = 64

  /// Each later event with the first before it that it shares half of the smaller list with.
  ///
  /// - Parameters:
  ///   - listed: the length of an event's list.
  ///   - department: that which held an event.
  func pairs(
    listed: (Int) -> Int, department: (Int) -> Int32
  ) -> [(earlier: Int, later: Int, shared: Int)] {
    let found = found.sorted()
    var shared: [PairKey] = []
    var start = 0
    while start < found.count {
      var events: [Int64] = []
      var end = start
      while end < found.count, found[end].pair == found[start].pair {
        let event = Int64(found[end].event)
        if events.last != event, events.count < MeetingSearch.mostEvents { events.append(event) }
        end += 1
      }
      for (position, later) in events.enumerated() {
        for earlier in events[..<position] where department(Int(earlier)) != department(Int(later))
        {
          shared.append(PairKey(later, earlier))
        }
      }
      start = end
    }
    return MeetingSearch.enough(shared.sorted { $0.raw < $1.raw }, listed)
  }

  /// - Parameter shared: a pair of a later and an earlier event for each person that they have in common,
  ///   sorted.
  private static func enough(
    _ shared: [PairKey], _ listed: (Int) -> Int
  ) -> [(earlier: Int, later: Int, shared: Int)] {
    var pairs: [(earlier: Int, later: Int, shared: Int)] = []
    var start = 0
    while start < shared.count {
      var end = start
      while end < shared.count, shared[end] == shared[start] { end += 1 }
      let (later, earlier) = (shared[start].event, shared[start].person)
      if pairs.last?.later != later, (end - start) * 2 >= min(listed(earlier), listed(later)) {
        pairs.append((earlier, later, end - start))
      }
      start = end
    }
    return pairs
  }
}

extension Checker {
  /// Warns of events that seem to be reported twice.
  func tellSameEvents(_ meetings: [MeetingSearch], _ watch: MeetingWatch, _ events: Events) {
    for search in meetings {
      let pairs = search.pairs(
        listed: { Int(watch.listed[$0]) }, department: { events.all[$0].department })
      findings.add(
        pairs.map { earlier, later, shared in
          let event = events.all[later]
          let place = events.places.place(of: event.row) { events.subjectTitles[$0] }
          let other = events.places.name(of: events.all[earlier].row, seenFrom: place)
          var finding = Finding(
            .sameEvent, at: place, value: events.subjects.texts[Int(events.subjectCodes[later])],
            detail: "\(shared); \(other)")
          finding.submitter = departmentId(event.department)
          return finding
        })
    }
  }

  /// The id of a department by its index; empty where there is none.
  func departmentId(_ index: Int32) -> String {
    guard let loaded, loaded.all.indices.contains(Int(index)) else { return "" }
    return loaded.all[Int(index)].id
  }
}
