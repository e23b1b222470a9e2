import Records

/// Makes five large tables quickly: departments, staff, training sessions, attendance and issues.
///
/// Each row is a function of the seed and its number, so that no table has to be kept in memory.
struct VolumeGenerator {
  let specification: VolumeSpecification
  let options: Generator.Options
  let seed: UInt64
  /// The rows of each table at the wanted scale.
  let departments, staff, sessions, attendance, issues: Int
  let widths: Widths

  /// The number of digits of the ids of each table.
  struct Widths: Sendable {
    let department, person, session, issue: Int
  }

  init(_ specification: VolumeSpecification, options: Generator.Options) throws(GenerateError) {
    self.specification = specification
    self.options = options
    seed = options.seed ?? specification.seed
    departments = specification.departments * options.scale
    staff = specification.staff * options.scale
    sessions = specification.sessions * options.scale
    attendance = specification.attendance * options.scale
    issues = specification.issues * options.scale
    // An attendance row is packed into 64 bits, of which the person has 28 (half of them unknown
    // people); and sessions times rows must fit into 64 bits.
    guard staff < 1 << 27, sessions < 1 << 28, attendance < 1 << 34 else {
      throw .impossible("the scale \(options.scale) is too large: over 2²⁷ people or 2³⁴ rows")
    }
    widths = Widths(
      department: Self.width(departments, 5), person: Self.width(2 * staff, 6),
      session: Self.width(sessions, 7), issue: Self.width(issues, 7))
  }

  private static func width(_ count: Int, _ least: Int) -> Int { max(least, "\(count)".count) }

  func write(to folder: String) throws(GenerateError) {
    try writeSettings(to: folder)
    if options.includes("departments") { try writeDepartments(to: "\(folder)/departments.csv") }
    if options.includes("staff") { try writeStaff(to: "\(folder)/staff.csv") }
    if options.includes("training_sessions") {
      try writeSessions(to: "\(folder)/training_sessions.csv")
    }
    if options.includes("training_attendance") {
      try writeAttendance(to: "\(folder)/training_attendance.csv")
    }
    if options.includes("issues") { try writeIssues(to: "\(folder)/issues.csv") }
  }

  private func writeSettings(to folder: String) throws(GenerateError) {
    guard options.includes("hospital") else { return }
    var file = try OutputFile("\(folder)/hospital.yaml")
    try file.put(Array(specification.settings.utf8))
    try file.finish()
  }

  /// The department of a person: its people have consecutive numbers.
  func department(ofPerson person: Int) -> Int { person * departments / staff }

  func firstPerson(of department: Int) -> Int {
    (department * staff + departments - 1) / departments
  }

  /// The department that holds a session; some hold many more than others.
  func department(ofSession session: Int) -> Int {
    var random = RandomSource(seed: RandomSource.mix(seed ^ UInt64(session)))
    return min(random.below(departments), random.below(departments))
  }

  /// The first row of a session in the attendance table; lists differ in length around the mean.
  func firstRow(ofSession session: Int) -> Int {
    guard session > 0 else { return 0 }
    guard session < sessions else { return attendance }
    let spread = max(0, (attendance / sessions - 1) / 2)
    let shift = RandomSource.mix(seed &+ UInt64(session)) % UInt64(2 * spread + 1)
    return session * attendance / sessions + Int(shift) - spread
  }

  /// True for as many of a million rows as are to be faulty.
  func isFaulty(_ random: inout RandomSource) -> Bool {
    random.below(1_000_000) < specification.faultsPerMillion
  }
}
