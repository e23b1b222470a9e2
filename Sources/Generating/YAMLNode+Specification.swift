import Records
import Workspace

/// How a specification is read: every key is known, every value has its kind, and what is wrong is
/// said with its place.
extension YAMLNode {
  /// Counts beyond this are a slip of the pen.
  static let largestCount = 1_000_000_000

  func required(_ key: String) throws(YAMLError) -> YAMLNode {
    guard let value = self[key] else { throw error("'\(key)' is missing") }
    return value
  }

  func text() throws(YAMLError) -> String {
    guard let string else { throw error("a text is expected") }
    return string
  }

  func count() throws(YAMLError) -> Int {
    guard let int, (0...Self.largestCount).contains(int) else {
      throw error("a whole number from 0 to \(Self.largestCount) is expected")
    }
    return int
  }

  func day() throws(YAMLError) -> Day {
    guard let string, let day = Day(string) else { throw error("a day as 2023-06-30 is expected") }
    return day
  }

  func required(count key: String) throws(YAMLError) -> Int { try required(key).count() }

  /// The count under a key, or `fallback` where the key is absent.
  func count(_ key: String, or fallback: Int = 0) throws(YAMLError) -> Int {
    guard let value = self[key] else { return fallback }
    return try value.count()
  }

  /// The texts of a list; none where the key is absent.
  func texts(_ key: String) throws(YAMLError) -> [String] {
    guard let value = self[key] else { return [] }
    guard let elements = value.elements else { throw value.error("a list is expected") }
    var texts: [String] = []
    for element in elements { texts.append(try element.text()) }
    return texts
  }

  /// The entries of a mapping, all of whose keys are among `known`.
  func entries(known: Set<String>? = nil) throws(YAMLError) -> [Entry] {
    guard let entries else { throw error("a mapping is expected") }
    if let known, let stranger = entries.first(where: { !known.contains($0.key) }) {
      throw YAMLError("'\(stranger.key)' is not known here", at: stranger.keyPlace)
    }
    return entries
  }
}
