/// What a spreadsheet demands of a formula; libxlsxwriter writes any text.
enum FormulaCheck {
  private static let longest = 8192

  /// Why a formula is none; nil where nothing is wrong with it.
  ///
  /// Parentheses and quotes must be in pairs, and cells must lie in the sheet.
  ///
  /// - Complexity: O(n) in the formula's length.
  static func objection(_ formula: String) -> String? {
    guard formula.hasPrefix("="), formula.utf8.count > 1 else { return "does not begin with '='" }
    guard formula.utf16.count <= longest else { return "is longer than 8,192 UTF-16 units" }
    var depth = 0
    var quote: Character?
    var word = ""
    for character in formula.dropFirst() {
      // Texts stand in double quotes, names of sheets in single ones.
      if let open = quote {
        if character == open { quote = nil }
        continue
      }
      if character == "\"" || character == "'" {
        quote = character
        continue
      }
      if character.isASCII, character.isLetter || character.isNumber || character == "$" {
        word.append(character)
        continue
      }
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      if depth < 0 { return "closes a parenthesis that it has not opened" }
      // A word before a parenthesis is a function.
      if character != "(", isOutside(word) { return "refers to \(word), outside the sheet" }
      word = ""
    }
    if quote != nil { return "does not close a quote" }
    if depth > 0 { return "does not close a parenthesis" }
    return isOutside(word) ? "refers to \(word), outside the sheet" : nil
  }

  /// Whether a word is like a cell, as `$B$7`, and the sheet has none there.
  private static func isOutside(_ word: String) -> Bool {
    let plain = word.filter { $0 != "$" }
    let letters = plain.prefix { $0.isLetter }
    let digits = plain.dropFirst(letters.count)
    guard !letters.isEmpty, !digits.isEmpty, digits.allSatisfy(\.isNumber) else { return false }
    let column = letters.uppercased().utf8.reduce(0) { min($0 * 26 + Int($1) - 64, 1 << 20) }
    guard let row = Int(digits) else { return true }
    return column > SheetLimits.columns || row < 1 || row > SheetLimits.rows
  }
}
