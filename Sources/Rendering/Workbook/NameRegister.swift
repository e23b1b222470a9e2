/// The names of a workbook's sheets and tables: valid, and each used once.
struct NameRegister {
  private var sheets: Set<String> = []
  private var tables: Set<String> = []

  /// Takes a sheet's name.
  ///
  /// - Throws: `sheetName` where Excel would refuse the name or it is in use, whatever the case.
  mutating func takeSheet(_ name: String) throws(WorkbookError) {
    if let reason = NameRegister.objection(toSheet: name) {
      throw .sheetName(name, reason: reason)
    }
    guard sheets.insert(name.lowercased()).inserted else {
      throw .sheetName(name, reason: "is used twice")
    }
  }

  /// A free name for the part of a sheet that continues another, as `明细 (2)`.
  func continuation(of name: String, part: Int) -> String {
    let suffix = " (\(part))"
    var base = name
    while base.utf16.count + suffix.utf16.count > SheetLimits.nameUnits { base.removeLast() }
    return base + suffix
  }

  /// Takes a table's name.
  ///
  /// - Throws: `tableName` where Excel would refuse the name or it is in use, whatever the case.
  mutating func takeTable(_ name: String) throws(WorkbookError) {
    if let reason = NameRegister.objection(toTable: name) {
      throw .tableName(name, reason: reason)
    }
    guard tables.insert(name.lowercased()).inserted else {
      throw .tableName(name, reason: "is used twice")
    }
  }

  private static func objection(toSheet name: String) -> String? {
    if name.isEmpty { return "is empty" }
    if name.utf16.count > SheetLimits.nameUnits { return "is longer than 31 UTF-16 units" }
    if name.unicodeScalars.contains(where: { "[]:*?/\\".unicodeScalars.contains($0) }) {
      return "holds one of [ ] : * ? / \\"
    }
    if name.unicodeScalars.contains(where: { $0.value < 0x20 || 0xFFFE...0xFFFF ~= $0.value }) {
      return "holds a control character"
    }
    if name.hasPrefix("'") || name.hasSuffix("'") { return "begins or ends with an apostrophe" }
    return name.lowercased() == "history" ? "is reserved by Excel" : nil
  }

  private static func objection(toTable name: String) -> String? {
    let letters = name.utf8.prefix { isLetter($0) }.count
    if letters == 0 { return "does not begin with a letter" }
    if name.utf8.count > 255 { return "is longer than 255 bytes" }
    if !name.utf8.allSatisfy({ isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "_") }) {
      return "holds something other than letters, digits and underscores"
    }
    let rest = name.utf8.dropFirst(letters)
    if letters <= 3, !rest.isEmpty, rest.allSatisfy(isDigit) { return "looks like a cell" }
    return isRowColumn(name.lowercased()) ? "looks like a cell" : nil
  }

  /// Whether the lower-case name is `r`, `c` or like `r1c1`, which are cells in Excel's other notation.
  private static func isRowColumn(_ name: String) -> Bool {
    if name == "r" || name == "c" { return true }
    guard name.hasPrefix("r") else { return false }
    let afterRow = name.utf8.dropFirst().drop(while: isDigit)
    return afterRow.first == UInt8(ascii: "c") && afterRow.dropFirst().allSatisfy(isDigit)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
