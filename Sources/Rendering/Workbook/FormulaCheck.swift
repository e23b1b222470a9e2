/// What a spreadsheet demands of a formula; libxlsxwriter writes any text.
enum FormulaCheck {
  private static let longest = 8192

  /// Why a formula is none; nil where nothing is wrong with it.
  ///
  /// Parentheses and quotes must be in pairs, and cells must lie in the sheet.
  ///
  /// - Complexity: O(n) in the formula's length.
  static func objection(_ formula: String) -> String? {
    guard formula.utf8.count <= longest || formula.utf16.count <= longest else {
      return "is longer than 8,192 UTF-16 units"
    }
    var formula = formula
    return formula.withUTF8(objection)
  }

  /// Byte by byte: thousands of formulas are looked at, and what matters in them is ASCII.
  private static func objection(_ formula: UnsafeBufferPointer<UInt8>) -> String? {
    guard formula.count > 1, formula[0] == UInt8(ascii: "=") else {
      return "does not begin with '='"
    }
    var depth = 0
    var quote: UInt8?
    var word = 1..<1
    for (index, byte) in formula.enumerated().dropFirst() {
      // Texts stand in double quotes, names of sheets in single ones.
      if let open = quote {
        if byte == open { quote = nil }
        word = index + 1..<index + 1
        continue
      }
      if isWord(byte) {
        word = word.lowerBound..<index + 1
        continue
      }
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"): depth -= 1
      default: break
      }
      if depth < 0 { return "closes a parenthesis that it has not opened" }
      // A word before a parenthesis is a function.
      if byte != UInt8(ascii: "("), let objection = objection(toWord: formula[word]) {
        return objection
      }
      word = index + 1..<index + 1
    }
    if quote != nil { return "does not close a quote" }
    if depth > 0 { return "does not close a parenthesis" }
    return objection(toWord: formula[word])
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "$")
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  /// Why a word cannot stand in a formula: it is like a cell, as `$B$7`, and the sheet has none there.
  private static func objection(toWord word: Slice<UnsafeBufferPointer<UInt8>>) -> String? {
    var (column, row, letters, digits) = (0, 0, 0, 0)
    for byte in word where byte != UInt8(ascii: "$") {
      if isDigit(byte) {
        row = min(row * 10 + Int(byte & 0xF), 1 << 30)
        digits += 1
      } else {
        // A letter behind a digit: no cell is called so.
        if digits > 0 { return nil }
        column = min(column * 26 + Int(byte & 0x1F), 1 << 20)
        letters += 1
      }
    }
    guard letters > 0, digits > 0,
      column > SheetLimits.columns || row < 1 || row > SheetLimits.rows
    else { return nil }
    return "refers to \(String(decoding: word, as: UTF8.self)), outside the sheet"
  }
}
