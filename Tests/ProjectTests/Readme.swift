/// The README, taken apart.
struct Readme {
  /// A fenced block: what stands behind the opening fence, and the lines up to the closing one.
  struct Block {
    let kind: String
    let lines: [String]
  }

  let lines: [String]

  init() throws {
    lines = try Project.text("README.md").split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
  }

  var blocks: [Block] {
    var blocks: [Block] = []
    var open: (kind: String, start: Int)?
    for (number, line) in lines.enumerated() where line.hasPrefix("```") {
      if let (kind, start) = open {
        blocks.append(Block(kind: kind, lines: Array(lines[start..<number])))
        open = nil
      } else {
        open = (String(line.dropFirst(3)), number + 1)
      }
    }
    return blocks
  }

  /// The commands that a reader may type as they stand; each block goes on where the last one ended.
  var runnable: [String] {
    blocks.filter { $0.kind == "sh runnable" }.map { $0.lines.joined(separator: "\n") }
  }

  /// What stands between the markers of a generated part; nil where they are missing.
  func generated(_ name: String) -> String? {
    guard let begin = lines.firstIndex(of: "<!-- \(name):begin -->"),
      let end = lines.firstIndex(of: "<!-- \(name):end -->"), begin < end
    else { return nil }
    return lines[(begin + 1)..<end].map { $0 + "\n" }.joined()
  }

  /// The targets of links and pictures.
  var targets: [String] {
    lines.flatMap { line in
      line.matches(of: /\]\(([^)]+)\)|src="([^"]+)"/).compactMap { match in
        (match.output.1 ?? match.output.2).map(String.init)
      }
    }
  }

  /// The headings as a link names them.
  var anchors: Set<String> {
    let headings = lines.filter { $0.hasPrefix("#") }.map { $0.drop { $0 == "#" }.dropFirst() }
    return Set(
      headings.map { heading in
        heading.lowercased().filter { $0.isLetter || $0.isNumber || " -_".contains($0) }
          .replacing(" ", with: "-")
      })
  }
}
