import Comparing
import Statistics
import Synchronization

/// What figures say beside chance, judged once: the reports of the same facts in several languages differ
/// in words alone.
final class Judgements: Sendable {
  private let standings = Mutex<[SourceMetric: Standings]>([:])
  private let charts = Mutex<[SourceMetric: [ProcessChart?]]>([:])
  private let spreads = Mutex<[String: ParticipationSpread]>([:])

  /// How all departments stand in a metric; made where it is not known yet.
  func standings(of metric: SourceMetric, _ figures: Figures) -> Standings {
    if let known = standings.withLock({ $0[metric] }) { return known }
    let made = Standings(figures, metric, .department)
    standings.withLock { $0[metric] = made }
    return made
  }

  /// How the participations in an activity are spread over the head count; nil where that was not counted.
  func spread(of source: String, _ figures: Figures) -> ParticipationSpread? {
    if let known = spreads.withLock({ $0[source] }) { return known }
    guard let counts = figures.participationCounts(of: source) else { return nil }
    let made = ParticipationSpread(counts)
    spreads.withLock { $0[source] = made }
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
