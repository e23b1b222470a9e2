import Comparing

/// The circle of readers that a report is for.
public enum Audience: String, Sendable, CaseIterable {
  /// The office that issues it: everything.
  case office
  /// Those who work in the hospital: no single items and rows, no counts that would name somebody.
  case staff
  /// Everybody: of departments nothing, either.
  case `public`

  var seesRows: Bool { self == .office }
  var seesDepartments: Bool { self != .public }
}

extension ReportFacts {
  /// The facts as a circle of readers may know them.
  ///
  /// - Parameter threshold: counts below it, other than zero, are hidden, and whatever would reveal them.
  public func circulated(to audience: Audience, threshold: Int) -> ReportFacts {
    guard audience != .office else { return self }
    var facts = self
    facts.audience = audience
    facts.figures = figures.disclosed(threshold: threshold)
    // What is told of targets are further counts of the same items, over other spans.
    facts.progress = nil
    return facts
  }
}
