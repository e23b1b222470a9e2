/// A ledger whose items are raised, due, closed and checked again around the boundaries.
enum RandomLedger {
  static func table(
    _ name: String, _ organisation: RandomOrganisation, _ mess: inout Mess
  ) -> MessyTable {
    var table = MessyTable(base: name, rows: [])
    for index in 0..<mess.random.pick([0, 1, 10, 30, 49, 80]) {
      table.rows.append(row("\(name.first!)-\(index)", organisation, &mess))
    }
    table.rows = mess.repeated(table.rows, key: ["id"])
    table.optional = [
      "level", "staff_id", "category", "source", "measure", "owner", "due_on", "closed_on",
      "rechecked_on", "recheck_result",
    ]
    return table
  }

  private static func row(
    _ id: String, _ organisation: RandomOrganisation, _ mess: inout Mess
  ) -> [String: String] {
    let raised = mess.day()
    let closed = mess.days.after(raised, &mess.random)
    // Often the very day: on time means not after it.
    let due = mess.random.chance(30) ? closed : mess.days.after(raised, &mess.random)
    let rechecked = mess.days.after(closed, &mess.random)
    let isClosed = mess.random.chance(65)
    return [
      "id": mess.spoiled(id, with: [""]),
      "level": mess.spoiled(
        mess.random.pick(["", "hospital", "department", "individual"]), with: ["ward"]),
      "department_id": mess.reference(to: organisation.departmentNames),
      "staff_id": mess.random.chance(50) || organisation.personNames.isEmpty
        ? "" : mess.reference(to: organisation.personNames),
      "category": mess.random.pick(["", "服务", "流程", "quality, safety", "two\nlines"]),
      "source": mess.random.pick(["", "自己查", "群众提"]),
      "raised_on": mess.text(of: raised),
      "measure": mess.random.pick(["", "整改", "say \"yes\"\nand, do"]),
      "owner": mess.random.pick(["", "王主任"]),
      "due_on": mess.random.chance(25)
        ? "" : mess.text(of: mess.random.chance(mess.percent) ? raised.before : due),
      "closed_on": isClosed
        ? mess.text(of: mess.random.chance(mess.percent) ? raised.before : closed) : "",
      "rechecked_on": isClosed && mess.random.chance(40) ? mess.text(of: rechecked) : "",
      "recheck_result": mess.spoiled(
        mess.random.pick(["", "passed", "reopened"]), with: ["unclear"]),
    ]
  }
}
