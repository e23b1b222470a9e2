internal import Reading
public import Threading

extension Checker {
  /// Whether sources may be read at the same time: neither somebody who takes rows in their order nor the memory
  /// of an earlier run is asked for them.
  public var hasLanes: Bool { memory == nil && tracer == nil }

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
