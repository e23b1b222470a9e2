internal import Reading
internal import Records

/// The department of a sheet without a column for it: named in a title row (`填报科室：内科`) or by the
/// file (`training_sessions/内科.xlsx`).
enum ImpliedDepartment {
  /// The index of the department that title rows and the file's name agree on; nil where neither names
  /// one, or they name more than one.
  static func find(
    in departments: Departments, file: String, titles: [PreviewRow]
  ) -> Int32? {
    var named = Set(titles.flatMap { names(inTitle: $0.cells) }.compactMap(departments.find(text:)))
    if file.contains("/") {
      let base = file.split(separator: "/").last.map(String.init) ?? ""
      named.formUnion(names(inFile: base).compactMap(departments.find(text:)))
    }
    return named.count == 1 ? named.first : nil
  }

  private static let labels = [
    "科室", "部门", "填报科室", "报送科室", "上报科室", "填报部门", "报送部门", "填报单位", "报送单位", "单位", "所属科室", "主办科室",
    "责任科室", "科室名称", "department",
  ]

  /// What stands behind a label for departments, in its cell or in the next one that is not empty.
  private static func names(inTitle cells: [String]) -> [String] {
    let cells = cells.filter { !$0.isEmpty }
    var names: [String] = []
    for (index, cell) in cells.enumerated() {
      let parts = cell.split(maxSplits: 1, whereSeparator: { $0 == ":" || $0 == "：" })
      guard let label = parts.first, labels.contains(TextFolding.folded(label)) else { continue }
      if parts.count == 2 {
        // Other labels may follow in the same cell: 科室：内科　填报人：…
        names.append(
          contentsOf: parts[1].split(whereSeparator: \.isWhitespace).prefix(1).map(String.init))
        names.append(parts[1].trimmingSpaces)
      } else if index + 1 < cells.count {
        names.append(cells[index + 1])
      }
    }
    return names
  }

  /// The file's name without its ending, whole and in parts.
  private static func names(inFile name: String) -> [String] {
    let base = name.split(separator: ".").dropLast().joined(separator: ".")
    return [base]
      + base.split(whereSeparator: { "-_—－＿ .()（）[]【】+".contains($0) }).map(String.init)
  }
}

extension Departments {
  /// The department that a text names, if it is exactly one.
  func find(text: String) -> Int32? {
    var text = text
    let found = text.withUTF8 { find($0.trimmed) }
    return found >= 0 ? found : nil
  }
}
