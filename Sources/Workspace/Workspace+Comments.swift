internal import Glibc
public import Records

extension Workspace {
  /// More than this is no comment any more.
  private static let longestComments = 1 << 20

  /// What the office has written in `comments/<period>.md`, or for one language alone in
  /// `comments/<period>.en.md`; empty where neither is there.
  ///
  /// The program never writes these files, so that comments stay from run to run.
  ///
  /// - Throws: `WorkspaceError.missing` where a file is there and cannot be read.
  public func comments(
    on period: Period, in language: Language
  ) throws(WorkspaceError) -> [OfficeComment] {
    for name in ["\(period).\(language.rawValue).md", "\(period).md"] {
      let path = "\(path)/comments/\(name)"
      guard access(path, F_OK) == 0 else { continue }
      let bytes = try Workspace.contents(of: path)
      guard bytes.count <= Workspace.longestComments else {
        throw .missing(path: path, reason: "larger than 1 MiB")
      }
      return CommentText.comments(String(decoding: bytes, as: UTF8.self))
    }
    return []
  }
}

/// Comments as they are written: a heading names the part that they are about, what stands before the
/// first is about the whole; a line `署名：…` or `author: …` says who signs for them.
enum CommentText {
  static func comments(_ text: String) -> [OfficeComment] {
    var comments: [OfficeComment] = []
    var current = OfficeComment(area: "", author: "", text: "")
    var lines: [Substring] = []
    func end() {
      current.text = joined(lines)
      if !current.text.isEmpty { comments.append(current) }
      lines = []
    }
    let plain = text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
    for line in plain.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      if line.hasPrefix("#") {
        end()
        current = OfficeComment(area: trimmed(line.drop { $0 == "#" }), author: "", text: "")
      } else if let author = author(line) {
        current.author = author
      } else {
        lines.append(line)
      }
    }
    end()
    return comments
  }

  /// Lines of one paragraph are one; paragraphs stay apart.
  private static func joined(_ lines: [Substring]) -> String {
    let paragraphs = lines.split { trimmed($0).isEmpty }.map { lines in
      lines.map(trimmed).reduce("") { text, line in
        let needsSpace = text.last?.isASCII == true && line.first?.isASCII == true
        return text + (needsSpace ? " " : "") + line
      }
    }
    return paragraphs.joined(separator: "\n")
  }

  private static func author(_ line: Substring) -> String? {
    for mark in ["署名：", "署名:", "author:", "Author:"] where line.hasPrefix(mark) {
      return trimmed(line.dropFirst(mark.count))
    }
    return nil
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
