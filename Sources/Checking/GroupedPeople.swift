internal import Reading
public import Records

/// What people are put together by in place of their departments, so that everything which compares departments
/// compares groups of people.
public struct GroupedPeople: Sendable {
  /// The groups that the settings declare; where there are none each text of the staff list's column is one.
  public var declared: [PeopleGroup]
  /// What everybody and everything else is called.
  public var others: Bilingual
  public var language: Language

  public init(declared: [PeopleGroup], others: Bilingual, language: Language) {
    self.declared = declared
    self.others = others
    self.language = language
  }

  /// - Parameter texts: those of the column, by code.
  /// - Returns: the groups, the others behind them, and for each code its group.
  func members(_ texts: [String]) -> (members: [Department], ofCode: [Int32]) {
    var groups = declared
    if groups.isEmpty {
      groups = texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map {
        PeopleGroup(name: $0, title: Bilingual(zh: $0, en: $0), values: [$0])
      }
    }
    let ofCode = texts.map { text in
      Int32(groups.firstIndex { $0.values.contains(text) } ?? groups.count)
    }
    let members = groups.map { Department(id: $0.name, name: $0.title[language]) }
    return (members + [Department(id: "", name: others[language])], ofCode)
  }
}

extension Checker {
  /// Lets every person belong to a group in place of a department.
  func regroup(_ staff: Staff, _ departments: Departments, by grouping: GroupedPeople) {
    let (members, ofCode) = grouping.members(staff.kept.groupTexts)
    departments.regroup(members)
    let others = Int32(members.count - 1)
    staff.regroup(staff.kept.groups.map { $0 < 0 ? others : ofCode[Int($0)] })
  }
}

extension TableDecoder {
  /// Where groups are compared: gives an item to the group of the person that it names. Items that name nobody
  /// are with the others already.
  func takeGroups(_ block: RecordBlock) {
    guard references.departments?.isGrouped == true, let staff = references.staff,
      let departments = column(.department), let people = column(.person)
    else { return }
    for row in 0..<block.rowCount where people[row] >= 0 && departments[row] >= 0 {
      departments[row] = Int64(staff.people[Int(people[row])].department)
    }
  }
}
