internal import Checking
internal import Records

/// A person who was counted for a department in a bucket, where that need not be the person's own.
struct Visit: Hashable, Sendable {
  let person, department: Int32
  let bucket: UInt8
}

/// People who are counted for more than one department: such a person counts once in a whole.
struct VisitTable: Sendable {
  /// For each such person: the departments and the windows (as bits) in which they appear there.
  private var places: [[(department: Int, windows: UInt64)]] = []

  var isEmpty: Bool { places.isEmpty }

  /// - Parameter own: the department and the windows of a person that the visits do not have; nil where there
  ///   are none.
  init(
    _ visits: Set<Visit>, _ timeline: Timeline,
    own: (Int) -> (department: Int, windows: UInt64)? = { _ in nil }
  ) {
    var byPerson: [Int32: [Int: UInt64]] = [:]
    for visit in visits {
      byPerson[visit.person, default: [:]][Int(visit.department), default: 0] |=
        timeline.windowMask[Int(visit.bucket)]
    }
    for (person, visits) in byPerson {
      var all = visits.map { (department: $0.key, windows: $0.value) }
      if let own = own(Int(person)) { all.append(own) }
      places.append(all)
    }
  }

  /// Calls for each department and window that a visit makes a person of, once.
  static func forEach(
    _ visits: Set<Visit>, _ timeline: Timeline, _ body: (_ department: Int, _ window: Int) -> Void
  ) {
    var seen: Set<Visit> = []
    for visit in visits {
      var windows = timeline.windowMask[Int(visit.bucket)]
      while windows != 0 {
        let window = windows.trailingZeroBitCount
        let once = Visit(
          person: visit.person, department: visit.department, bucket: UInt8(window))
        if seen.insert(once).inserted { body(Int(visit.department), window) }
        windows &= windows &- 1
      }
    }
  }

  /// Takes a person out of a group's sum as often as the person stands in it too often.
  func correct(_ sums: inout [Int64], _ group: [Int], _ window: Int) {
    for place in places {
      var seen: Set<Int> = []
      for (department, windows) in place where windows & (1 << UInt64(window)) != 0 {
        if !seen.insert(group[department]).inserted { sums[group[department]] -= 1 }
      }
    }
  }
}
