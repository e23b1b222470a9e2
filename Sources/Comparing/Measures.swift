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
    case .raised: return Figure(raised)
    case .withMeasure: return Figure(withMeasure)
    case .peopleRaised: return Figure(people)
    case .closed: return Figure(closed)
    case .closedOnTime: return Figure(closedOnTime)
    case .closedInTimeRate: return Figure(closedOnTime, over: closedWithDue)
    case .closureRate: return Figure(closedOfRaised, over: raised)
    case .due: return Figure(due)
    case .dueMetRate: return Figure(dueMet, over: due)
    case .openAtStart: return Figure(openAtStart)
    case .openAtEnd: return Figure(openAtEnd)
    case .overdueAtEnd: return Figure(overdueAtEnd)
    case .rechecked: return Figure(rechecked)
    case .reopened: return Figure(reopened)
    default: return .undefined
    }
  }
}
