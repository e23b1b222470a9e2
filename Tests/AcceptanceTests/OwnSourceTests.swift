import Foundation
import Testing

/// What a hospital adds in `hospital.yaml` has every metric, table and sentence of its family.
@Suite("Sources of a hospital's own")
struct OwnSourceTests {
  private static let files = [
    "hospital.yaml": """
    name: {zh: 甲院, en: A Hospital}
    sources:
      simulations: {family: activity, title: {zh: 情景模拟, en: Simulations}}
      visits: {family: ledger, title: {zh: 走访, en: Visits}}
    """,
    "departments.csv": "id,name,branch\nD1,甲科,一\nD2,乙科,\n",
    "staff.csv": "id,department_id\nS1,D1\nS2,D2\n",
    "simulations.csv":
      "id,date,department_id,kind,participants\nE1,2023-02-01,D1,test,\nE2,2023-03-01,D2,,9\n",
    "simulations_participation.csv":
      "simulation_id,staff_id,score,passed\nE1,S1,80,1\nE1,S2,60.5,0\n",
    "visits.csv":
      "id,department_id,raised_on,closed_on,category\nV1,D1,2023-01-05,2023-01-09,x\nV2,D2,2023-06-30,,\n",
  ]

  @Test("An activity and a ledger that only hospital.yaml knows are counted and written up")
  func ownSources() throws {
    let folder = try PrivateFolder()
    try folder.folder("w", files: Self.files)
    let run = try ProgramRun(["report", "w", "--period", "2023H1"], in: folder.url)
    #expect(run.exitCode == 0, "\(run.errors)")
    let issued = folder.url.appending(path: "reports/w/2023H1")
    let statistics = Set(
      try String(contentsOf: issued.appending(path: "statistics.csv"), encoding: .utf8)
        .split(separator: "\n").map(String.init))
    for row in [
      // Two listed, and nine heads of an event without a list.
      "simulations.participations,participations,2023H1,,hospital,,11,,",
      "simulations.people,people,2023H1,,hospital,,2,,",
      "simulations.mean_score,points,2023H1,,hospital,,70.25,140.5,2",
      "simulations.pass_rate,ratio,2023H1,,simulations.kind,test,0.5,1,2",
      "simulations.per_head,per_head,2023H1,,department,D2,10,10,1",
      "visits.closure_rate,ratio,2023H1,,hospital,,0.5,1,2",
      "visits.open_at_end,items,2023H1,,branch,,1,,",
      "visits.days_to_close_median,days,2023H1,,visits.category,x,4,,",
      "visits.raised,items,2023H1,2023-06,department,D2,1,,",
    ] { #expect(statistics.contains(row), "no row \(row)") }
    let chinese = try String(contentsOf: issued.appending(path: "summary.zh.txt"), encoding: .utf8)
    #expect(chinese.contains("开展情景模拟 2 场次"))
    let english = try String(contentsOf: issued.appending(path: "summary.en.txt"), encoding: .utf8)
    #expect(english.contains("Visits"))
  }
}
