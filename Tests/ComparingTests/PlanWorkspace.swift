import Checking
import Foundation
import Records
import Workspace

@testable import Comparing
@testable import Counting

/// A workspace of text files with everything that a plan asks of it.
struct PlanWorkspace {
  let figures: Figures
  let progress: PlanProgress?
  let findings: [Finding]

  init(_ files: [String: String], period text: String, asOf: String? = nil) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
    let workspace = try Workspace(path: folder.path)
    let checker = Checker(workspace: workspace, jobs: 2, lastKnownDay: .latest)
    guard let departments = checker.departments(), let staff = checker.staff(departments),
      let period = Period(text)
    else { throw Unusable() }
    let demand = PlanDemand(workspace.settings.plan, sources: workspace.sources)
    var keeping = demand.keeping
    keeping.tallied = Set(workspace.sources.map(\.name))
    let counter = Counter(
      checker: checker, departments: departments, staff: staff,
      timeline: Timeline(
        period: period, asOf: asOf.flatMap { Day($0) }, further: demand.furtherSpans(of: period)),
      jobs: 2, keeping: keeping)
    figures = Figures(counter.cube(of: workspace.sources))
    progress = PlanProgress(
      workspace.settings.plan, figures, rounding: workspace.settings.rounding)
    findings = checker.findings.sorted
  }

  struct Unusable: Error {}
}
