internal import CScan
internal import Checking
internal import Records

/// The people with items in a ledger, as bits: for each person the buckets in which items of the own
/// department were raised, and the (value, period) pairs of the breakdowns in which the person appears.
///
/// The bits of the first 64 pairs, which nearly always are all of them, lie beside the buckets: an
/// item then marks its person with one access to memory, where a bitmap for each value and period took
/// up to nine. Of a run over 1,000 hospitals that was a tenth.
final class LedgerPeople {
  private struct Marks {
    var buckets: UInt64 = 0
    var values: UInt64 = 0
  }

  /// Items with a person of another department: (person, department, bucket).
  private(set) var visitors: Set<Visit> = []
  private let marks: ZeroedMemory<Marks>
  /// The bits of further values, 64 for each person; a plane in which nobody is marked takes no memory.
  private var planes: [ZeroedMemory<UInt64>?] = []
  private let departments: ContiguousArray<Int32>
  private let periodCount: Int

  init(timeline: Timeline, staff: Staff) {
    departments = staff.departments
    periodCount = timeline.periodCount
    marks = ZeroedMemory(count: staff.count, of: Marks.self)
  }

  /// A value's periods lie in one plane.
  static func valuesPerPlane(_ periodCount: Int) -> Int { 64 / periodCount }

  @inline(__always)
  func prefetch(_ person: Int32) {
    scan_prefetch(marks.base + Int(person))
    departments.withUnsafeBufferPointer { departments in
      if let base = departments.baseAddress { scan_prefetch(base + Int(person)) }
    }
  }

  /// Marks the person of an item.
  @inline(__always)
  func add(
    _ item: LedgerItem, raised bucket: Int, _ days: Timeline.LookUp,
    _ level: UnsafeMutablePointer<LedgerValues.Value>,
    _ category: UnsafeMutablePointer<LedgerValues.Value>,
    _ source: UnsafeMutablePointer<LedgerValues.Value>
  ) {
    guard days.windowMask[bucket] != 0 else { return }
    let person = Int(item.person)
    if departments[person] == item.department {
      marks.base[person].buckets |= 1 << UInt64(bucket)
    } else {
      visitors.insert(
        Visit(person: item.person, department: item.department, bucket: UInt8(bucket)))
    }
    let periods = UInt64(days.periodMask[bucket])
    if level.pointee.plane | category.pointee.plane | source.pointee.plane == 0 {
      marks.base[person].values |=
        periods << level.pointee.shift | periods << category.pointee.shift
        | periods << source.pointee.shift
    } else if periods != 0 {
      for value in [level, category, source] {
        mark(person, periods << value.pointee.shift, plane: value.pointee.plane)
      }
    }
  }

  private func mark(_ person: Int, _ bits: UInt64, plane: Int) {
    guard plane > 0 else {
      marks.base[person].values |= bits
      return
    }
    self.plane(plane).base[person] |= bits
  }

  private func plane(_ number: Int) -> ZeroedMemory<UInt64> {
    while planes.count < number { planes.append(nil) }
    if let plane = planes[number - 1] { return plane }
    let plane = ZeroedMemory(count: marks.count, of: UInt64.self)
    planes[number - 1] = plane
    return plane
  }

  /// The buckets (as bits) in which items of a person and the person's department were raised.
  func buckets(of person: Int) -> UInt64 { marks.base[person].buckets }

  /// The people of every value and period: `[place × periods + period]`, by `ValuePlaces`.
  ///
  /// - Complexity: O(marks set).
  func counts(places: Int) -> [Int32] {
    var counts = [Int32](repeating: 0, count: places * periodCount)
    let bitsUsed = LedgerPeople.valuesPerPlane(periodCount) * periodCount
    func count(_ bits: UInt64, plane: Int) {
      var bits = bits
      while bits != 0 {
        counts[plane * bitsUsed + bits.trailingZeroBitCount] += 1
        bits &= bits &- 1
      }
    }
    for person in 0..<marks.count { count(marks.base[person].values, plane: 0) }
    for (number, plane) in planes.enumerated() {
      guard let plane else { continue }
      for person in 0..<marks.count { count(plane.base[person], plane: number + 1) }
    }
    return counts
  }

  /// Adds what another thread has marked.
  func merge(_ other: LedgerPeople) {
    for person in 0..<marks.count {
      marks.base[person].buckets |= other.marks.base[person].buckets
      marks.base[person].values |= other.marks.base[person].values
    }
    for (number, plane) in other.planes.enumerated() {
      guard let plane else { continue }
      let own = self.plane(number + 1)
      for person in 0..<marks.count { own.base[person] |= plane.base[person] }
    }
    visitors.formUnion(other.visitors)
  }
}
