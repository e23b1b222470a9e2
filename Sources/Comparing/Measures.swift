internal import Counting
internal import Records

extension ActivityUnit {
  /// - Parameter headcount: of the same unit; of the hospital for a breakdown.
  func figure(_ measure: Measure, headcount: Int64) -> Figure {
    switch measure {
    case .events: return Figure(events)
    case .participations: return Figure(participations)
    case .people: return Figure(people)
    case .hours: return Figure(hours)
    case .coverage: return Figure(covered, over: headcount)
    case .perHead: return Figure(participations, over: headcount)
    case .meanScore: return Figure(scoreSum, over: scored)
    case .passRate: return Figure(passed, over: stated)
    default: return .undefined
    }
  }
}

extension LedgerUnit {
  /// Every measure but the median, which is not made from sums.
  func figure(_ measure: Measure) -> Figure {
    switch measure {
    case .raised: return Figure(Int64(raised))
    case .withMeasure: return Figure(Int64(withMeasure))
    case .peopleRaised: return Figure(Int64(people))
    case .closed: return Figure(Int64(closed))
    case .closedOnTime: return Figure(Int64(closedOnTime))
    case .closedInTimeRate: return Figure(Int64(closedOnTime), over: Int64(closedWithDue))
    case .closureRate: return Figure(Int64(closedOfRaised), over: Int64(raised))
    case .due: return Figure(Int64(due))
    case .dueMetRate: return Figure(Int64(dueMet), over: Int64(due))
    case .openAtStart: return Figure(Int64(openAtStart))
    case .openAtEnd: return Figure(Int64(openAtEnd))
    case .overdueAtEnd: return Figure(Int64(overdueAtEnd))
    case .rechecked: return Figure(Int64(rechecked))
    case .reopened: return Figure(Int64(reopened))
    default: return .undefined
    }
  }
}
