import Comparing
import Statistics
import Synchronization

/// What figures say beside chance, judged once: the reports of the same facts in several languages differ
/// in words alone.
final class Judgements: Sendable {
  private let standings = Mutex<[SourceMetric: Standings]>([:])
  private let charts = Mutex<[SourceMetric: [ProcessChart?]]>([:])

  /// How all departments stand in a metric; made where it is not known yet.
  func standings(of metric: SourceMetric, _ figures: Figures) -> Standings {
    if let known = standings.withLock({ $0[metric] }) { return known }
    let made = Standings(figures, metric, .department)
    standings.withLock { $0[metric] = made }
    return made
  }

  /// The charts of the departments' months.
  func charts(of metric: SourceMetric, _ figures: Figures) -> [ProcessChart?] {
    if let known = charts.withLock({ $0[metric] }) { return known }
    let made = StandingsTable.charts(figures, metric, .department)
    charts.withLock { $0[metric] = made }
    return made
  }
}
