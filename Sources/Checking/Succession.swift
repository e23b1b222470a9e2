internal import Reading
internal import Records

/// Which departments took over from which.
struct Succession {
  private let departments: [Department]

  init(_ departments: [Department]) { self.departments = departments }

  /// For each department the one that stands for it on a day: itself while it is open, afterwards its only
  /// successor or what stands for that. What was split has nobody else who could have all of it.
  ///
  /// - Complexity: O(departments); no successor leads back, see ``SuccessorNames``.
  func present(on day: Day) -> [Int] {
    var present = [Int?](repeating: nil, count: departments.count)
    for start in departments.indices where present[start] == nil {
      var path: [Int] = []
      var at = start
      while present[at] == nil, let next = onlySuccessor(of: at, on: day) {
        path.append(at)
        at = next
      }
      let end = present[at] ?? at
      present[at] = end
      for department in path { present[department] = end }
    }
    return present.enumerated().map { $1 ?? $0 }
  }

  private func onlySuccessor(of department: Int, on day: Day) -> Int? {
    guard let closed = departments[department].closed, closed < day,
      departments[department].successors.count == 1
    else { return nil }
    return departments[department].successors[0]
  }
}

/// Finds the departments that the column of successors names.
struct SuccessorNames {
  private let departments: Departments
  private let names: [(texts: [String], place: SourceLocation)]

  init(_ departments: Departments, _ names: [(texts: [String], place: SourceLocation)]) {
    self.departments = departments
    self.names = names
  }

  /// - Returns: of each department its successors, none where any of them cannot be used; and a finding for
  ///   each that cannot.
  func resolved() -> (successors: [[Int]], findings: [Finding]) {
    var findings: [Finding] = []
    var successors = names.indices.map { number -> [Int] in
      let (texts, _) = names[number]
      guard !texts.isEmpty else { return [] }
      let found = texts.map { find($0, of: number) }
      guard let fault = found.compactMap({ $0.fault }).first else {
        let all = found.compactMap(\.successor)
        return all.indices.filter { all.firstIndex(of: all[$0]) == $0 }.map { all[$0] }
      }
      findings.append(finding(number, fault))
      return []
    }
    for number in SuccessorNames.onCycles(successors) {
      findings.append(finding(number, "cycle"))
      successors[number] = []
    }
    return (successors, findings)
  }

  private func find(_ text: String, of number: Int) -> (successor: Int?, fault: String?) {
    guard departments.all[number].closed != nil else { return (nil, "not_closed") }
    let found = Array(text.utf8).withUnsafeBufferPointer { departments.find($0) }
    if found == IdentifierIndex.ambiguous { return (nil, "ambiguous") }
    if found < 0 { return (nil, "unknown") }
    return Int(found) == number ? (nil, "itself") : (Int(found), nil)
  }

  private func finding(_ number: Int, _ fault: String) -> Finding {
    var finding = Finding(
      .unusableSuccessor, at: names[number].place,
      value: names[number].texts.joined(separator: ";"), detail: fault)
    finding.submitter = departments.all[number].id
    return finding
  }

  /// The departments whose successors lead back to themselves, or lie between two such circles.
  ///
  /// Those without successors are taken away again and again, then those that succeed nobody: what is left
  /// goes round.
  ///
  /// - Complexity: O(departments + successors).
  private static func onCycles(_ successors: [[Int]]) -> [Int] {
    var predecessors: [[Int]] = Array(repeating: [], count: successors.count)
    for (number, found) in successors.enumerated() {
      for successor in found { predecessors[successor].append(number) }
    }
    var isLeft = [Bool](repeating: true, count: successors.count)
    peel(successors, from: predecessors, &isLeft)
    peel(predecessors, from: successors, &isLeft)
    return successors.indices.filter { isLeft[$0] }
  }

  /// Takes away what has nothing left ahead.
  private static func peel(_ ahead: [[Int]], from behind: [[Int]], _ isLeft: inout [Bool]) {
    var count = ahead.map { next in next.count { isLeft[$0] } }
    var ends = ahead.indices.filter { isLeft[$0] && count[$0] == 0 }
    while let end = ends.popLast() {
      isLeft[end] = false
      for number in behind[end] where isLeft[number] {
        count[number] -= 1
        if count[number] == 0 { ends.append(number) }
      }
    }
  }
}

extension TableDecoder {
  /// Warns of rows dated before the department's first day or after its last.
  func warnOfClosedDepartments(_ role: Role, in block: RecordBlock) {
    guard let spans = references.departments?.spans, !spans.isEmpty,
      let slot = heading.slot(role), let departments = column(.department)
    else { return }
    let days = column(slot)
    for row in 0..<block.rowCount where days[row] != Decoded.absent && departments[row] >= 0 {
      let span = spans[Int(departments[row])]
      if days[row] < Int64(span.opened) {
        report(
          .departmentNotOpen, row: row, slot: slot, in: block,
          detail: "<\(Day(number: span.opened))")
      } else if days[row] > Int64(span.closed) {
        report(
          .departmentNotOpen, row: row, slot: slot, in: block,
          detail: ">\(Day(number: span.closed))")
      }
    }
  }

  /// Where figures are told of the departments of today: puts the successors of closed ones in their place.
  func takePresentDepartments(_ block: RecordBlock) {
    guard let present = references.departments?.present, !present.isEmpty,
      let departments = column(.department)
    else { return }
    for row in 0..<block.rowCount where departments[row] >= 0 {
      departments[row] = Int64(present[Int(departments[row])])
    }
  }
}
