/// Breaks a paragraph at its spaces into lines of at most so many columns.
///
/// A word that is longer than a line stands on a line of its own, unbroken.
func wrapped(_ text: String, columns: Int, indent: String = "") -> [String] {
  var lines: [String] = []
  var line = ""
  var width = 0
  for word in text.split(separator: " ") {
    let wordWidth = displayWidth(String(word))
    if !line.isEmpty, width + 1 + wordWidth > columns {
      lines.append(line)
      line = ""
    }
    if line.isEmpty {
      line = (lines.isEmpty ? "" : indent) + word
      width = wordWidth + (lines.isEmpty ? 0 : displayWidth(indent))
    } else {
      line += " " + word
      width += 1 + wordWidth
    }
  }
  if !line.isEmpty { lines.append(line) }
  return lines
}
