internal import Reading
internal import Records
internal import Workspace

/// What plans and assessments ask of the staff list beside what everything is counted by; empty where
/// nothing asks for it. Persons are indices into `Staff.people`.
public struct StaffKept: Sendable {
  /// The code of each person's group, -1 where not stated.
  public internal(set) var groups: [Int16] = []
  /// The texts of the groups by code.
  public internal(set) var groupTexts: [String] = []
  /// Those whose role heads a department.
  public internal(set) var heads: [Int32] = []
  /// Their roles, as written.
  public internal(set) var headRoles: [String] = []
  /// Everybody's id.
  public internal(set) var ids: [String] = []

  public init() {}
}

/// Keeps of each accepted person what a workspace's plan asks for; rows come in the order of the file.
final class StaffKeeper: @unchecked Sendable {
  private var result = StaffKept()
  private let roles: Set<String>
  private let keepsGroups: Bool
  private let keepsIds: Bool
  private var count: Int32 = 0

  /// Nil where nothing needs to be kept.
  init?(_ plan: Plan, keepsIds: Bool, keepsGroups: Bool) {
    roles = Set(plan.assessment?.headRoles ?? [])
    self.keepsGroups = keepsGroups || !plan.groups.isEmpty
    self.keepsIds = keepsIds
    guard self.keepsGroups || keepsIds || !roles.isEmpty else { return nil }
  }

  /// - Parameters:
  ///   - group: the code of the person's group, nil where not stated.
  ///   - role: the cell.
  func keep(group: Int16?, id: CellBytes, role: CellBytes) {
    defer { count += 1 }
    if keepsGroups { result.groups.append(group ?? -1) }
    if keepsIds { result.ids.append(id.text) }
    guard !roles.isEmpty else { return }
    let role = role.text
    if roles.contains(role) {
      result.heads.append(count)
      result.headRoles.append(role)
    }
  }

  /// - Parameter groupTexts: the groups by code; nil where no column tells any, or too many.
  func kept(groupTexts: [String]?) -> StaffKept {
    result.groupTexts = groupTexts ?? []
    if groupTexts == nil { result.groups = result.groups.map { _ in -1 } }
    return result
  }
}
