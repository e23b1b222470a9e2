internal import Glibc
public import Records

extension Workspace {
  /// More than this is no comment any more.
  private static let longestComments = 1 << 20

  /// The file in which the office has written to a report: `comments/<period>.en.md` for one language alone, or
  /// `comments/<period>.md`; nil where neither is there.
  ///
  /// The program never writes these files, so that comments stay from run to run.
  public func commentFile(on period: Period, in language: Language) -> String? {
    let names = ["\(period).\(language.rawValue).md", "\(period).md"].map { "comments/\($0)" }
    return names.first { access(path(of: $0), F_OK) == 0 }
  }

  /// Reads a file of comments.
  ///
  /// - Throws: `WorkspaceError.missing` where it cannot be read.
  public func comments(in file: String) throws(WorkspaceError) -> CommentFile {
    let bytes = try Workspace.contents(of: path(of: file))
    guard bytes.count <= Workspace.longestComments else {
      throw .missing(path: path(of: file), reason: "larger than 1 MiB")
    }
    return CommentFile(file: file, bytes: bytes)
  }
}

/// A file of comments as it was read.
public struct CommentFile: Sendable {
  /// Its path inside the workspace.
  public let file: String
  public let bytes: [UInt8]

  public var comments: [OfficeComment] {
    CommentText.comments(String(decoding: bytes, as: UTF8.self))
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
