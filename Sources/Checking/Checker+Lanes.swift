internal import Reading
public import Records
public import Threading
internal import Workspace

extension Checker {
  /// Whether sources are to be read at the same time: neither somebody who takes rows in their order nor the
  /// memory of an earlier run is asked for them, and they are long.
  public func hasLanes(for sources: [Source]) -> Bool {
    guard memory == nil, tracer == nil else { return false }
    return sources.reduce(0) { $0 + workspace.byteCount(of: $1.records) }
      >= Checker.leastBytesOfLanes
  }

  /// A hospital's megabyte is read no sooner by two threads than by one, and each takes memory of its own: 18 MB
  /// for its report became 20.
  private static let leastBytesOfLanes = 2 << 20

  /// A checker of the same workspace for one source beside others; what it finds is to be taken over.
  ///
  /// - Parameter crew: the threads that it may hire.
  public func lane(_ crew: Crew) -> Checker {
    let lane = Checker(workspace: workspace, jobs: jobs, lastKnownDay: lastKnownDay)
    lane.looksForSameEvents = looksForSameEvents
    lane.departmentView = departmentView
    lane.grouping = grouping
    lane.now = now
    lane.loaded = loaded
    lane.keepsStaffIds = keepsStaffIds
    lane.crew = crew
    return lane
  }

  /// Takes over what has become of another lane's files; in the order in which they would be read one after the
  /// other.
  public func take(_ lane: Checker) {
    findings.add(lane.findings.since(0))
    lane.outcomes.forEach(note)
    unreadable += lane.unreadable
    sheets += lane.sheets
  }
}
