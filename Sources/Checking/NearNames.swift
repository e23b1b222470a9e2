internal import Synchronization

/// Names as they are meant: found although they are written in full width or with blanks, and, where they
/// are found nowhere, the names that come nearest. Nothing near is ever taken for the thing itself.
///
/// What it answers is kept by text, because a wrong name mostly stands in many rows.
final class NearNames: Sendable {
  /// One record's ways of being called. Of ids the case matters, of names it does not.
  struct Entry: Sendable {
    let index: Int32
    let ids: [String]
    let names: [String]
  }

  /// Lists of more records are searched for exact texts only: comparing names costs time and memory.
  static let limit = 20_000

  private struct State {
    var folded: [String: Int32]?
    var found: [String: Int32] = [:]
    var near: [String: [Int32]] = [:]
  }
  private let state = Mutex(State())

  /// The record that a text means when width, blanks and the case of names are left aside;
  /// `IdentifierIndex.absent` for none, `.ambiguous` for more than one.
  func find(_ text: String, among entries: () -> [Entry]) -> Int32 {
    state.withLock { state in
      if let known = state.found[text] { return known }
      let table = state.folded ?? NearNames.table(entries())
      state.folded = table
      let id = TextFolding.folded(text, lowercased: false)
      let found = table[id] ?? table[id.lowercased()] ?? IdentifierIndex.absent
      state.found[text] = found
      return found
    }
  }

  private static func table(_ entries: [Entry]) -> [String: Int32] {
    var table: [String: Int32] = [:]
    for entry in entries {
      let texts =
        entry.ids.map { TextFolding.folded($0, lowercased: false) }
        + entry.names.map { TextFolding.folded($0) }
      for text in texts where !text.isEmpty {
        if let known = table[text], known != entry.index {
          table[text] = IdentifierIndex.ambiguous
        } else {
          table[text] = entry.index
        }
      }
    }
    return table
  }

  /// The records whose names come nearest to a text, at most three, best first.
  func nearest(
    to text: String, among entries: () -> [Entry], isNear: (String, String) -> Int?
  ) -> [Int32] {
    if let known = state.withLock({ $0.near[text] }) { return known }
    let folded = TextFolding.folded(text)
    var found: [(distance: Int, index: Int32)] = []
    for entry in entries() {
      let distances = entry.names.compactMap { isNear(folded, TextFolding.folded($0)) }
      if let distance = distances.min() { found.append((distance, entry.index)) }
    }
    let nearest = found.sorted { ($0.distance, $0.index) < ($1.distance, $1.index) }.prefix(3)
      .map(\.index)
    state.withLock { $0.near[text] = nearest }
    return nearest
  }
}

/// How near two folded names are; nil where they are not.
enum NameDistance {
  private static let endings = ["病区", "门诊", "中心", "科室", "科", "室", "部", "组", "区"]

  /// Departments: another ending (心内 for 心内科), one the beginning of the other, or one character
  /// replaced, missing or added in what stands before the ending, where that is long enough for one
  /// character to be a slip: 内科 is not near to 外科, nor 康养中心 to 康复科.
  static func ofDepartments(_ left: String, _ right: String) -> Int? {
    let (a, b) = (stem(left), stem(right))
    if a.isEmpty || b.isEmpty { return nil }
    if a == b { return 0 }
    guard a.count >= 2, b.count >= 2 else { return nil }
    if max(a.count, b.count) >= 3, isOneEdit(Array(a), Array(b)) { return 1 }
    if left.hasPrefix(b) || right.hasPrefix(a) { return 2 }
    return nil
  }

  /// People: one character replaced, missing or added, in names of three characters or more.
  static func ofPeople(_ left: String, _ right: String) -> Int? {
    guard max(left.count, right.count) >= 3 else { return nil }
    return isOneEdit(Array(left), Array(right)) ? 1 : nil
  }

  private static func stem(_ name: String) -> String {
    for ending in endings where name.hasSuffix(ending) && name.count > ending.count {
      return String(name.dropLast(ending.count))
    }
    return name
  }

  /// Whether one of them becomes the other by replacing, adding or removing one character.
  ///
  /// - Complexity: O(n)
  static func isOneEdit(_ left: [Character], _ right: [Character]) -> Bool {
    guard left != right, abs(left.count - right.count) <= 1 else { return false }
    let (short, long) = left.count <= right.count ? (left, right) : (right, left)
    var same = 0
    while same < short.count, short[same] == long[same] { same += 1 }
    let rest = short.count == long.count ? same + 1 : same
    return short.dropFirst(rest).elementsEqual(long.dropFirst(same + 1))
  }
}
