import Foundation

/// The contract worked out slowly: every figure of a workspace is counted anew from all its rows.
///
/// It shares no code with the program, so that a mistake must be made twice to go unseen.
struct Reckoning {
  let judgements: Judgements
  private let hospital: Hospital
  private let period: Span

  init(of folder: URL, period: Span, asOf: CalendarDay? = nil, view: View = .asWas) {
    let horizon = asOf ?? period.last.later(by: 366)
    var judgements = Judgements()
    let roster = Roster(in: folder, view: view, now: asOf, noting: &judgements)
    var activities: [Activities] = []
    for files in Activities.files {
      Activities(files, in: folder, roster: roster, horizon: horizon, noting: &judgements)
        .map { activities.append($0) }
    }
    var ledgers: [Ledger] = []
    for name in Ledger.names {
      Ledger(name, in: folder, roster: roster, horizon: horizon, noting: &judgements)
        .map { ledgers.append($0) }
    }
    hospital = Hospital(roster: roster, activities: activities, ledgers: ledgers, asOf: asOf)
    self.period = period
    self.judgements = judgements
  }

  /// Every row of the statistics; worked out at each call.
  func figures() -> [FigureKey: Figure] { hospital.figures(of: period) }

  /// Whether the share of rejected rows in some file forbids the report.
  var hasTooManyRejected: Bool {
    judgements.tallies.values.contains { $0.read >= 50 && $0.rejected * 2 > $0.read }
  }
}
