import Records
import Workspace

/// How much data a benchmark needs, at scale 1.
struct VolumeSpecification: Sendable {
  let seed: UInt64
  /// The text of `hospital.yaml`, copied as it stands.
  let settings: String
  /// The days on which sessions are held and issues raised.
  let span: Period
  let departments, staff, sessions, attendance, issues: Int
  /// Of a million rows of sessions, attendance and issues each, how many must be rejected. The
  /// participations in rejected sessions come on top.
  let faultsPerMillion: Int

  init(_ node: YAMLNode) throws(YAMLError) {
    _ = try node.entries(known: [
      "model", "seed", "hospital", "first_day", "last_day", "departments", "staff", "sessions",
      "attendance", "issues", "faults_per_million",
    ])
    seed = UInt64(try node.required(count: "seed"))
    settings = try node.required("hospital").text()
    _ = try YAMLNode.parse(Array(settings.utf8))
    let last = try node.required("last_day")
    guard let span = Period(from: try node.required("first_day").day(), through: try last.day())
    else { throw last.error("the last day lies before the first") }
    self.span = span
    departments = try node.required(count: "departments")
    staff = try node.required(count: "staff")
    sessions = try node.required(count: "sessions")
    attendance = try node.required(count: "attendance")
    issues = try node.required(count: "issues")
    faultsPerMillion = try node.count("faults_per_million")
    guard departments > 0, staff >= departments, sessions > 0, attendance >= sessions,
      attendance / sessions <= staff / 8
    else {
      throw node.error("there must be more staff than departments and 8 times more than a list has")
    }
  }
}
