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

  /// So many answers are kept; of a list of nothing but different wrong names none comes again.
  private static let mostAnswers = 10_000

  private struct State {
    var folded: [String: Int32]?
    var found: [String: Int32] = [:]
    var index: NearIndex?
    var near: [String: [Int32]] = [:]
  }
  private let state = Mutex(State())
  private let kind: NameDistance.Kind

  init(_ kind: NameDistance.Kind) { self.kind = kind }

  /// The record that a text means when width, blanks and the case of names are left aside;
  /// `IdentifierIndex.absent` for none, `.ambiguous` for more than one.
  func find(_ text: String, among entries: () -> [Entry]) -> Int32 {
    state.withLock { state in
      if let known = state.found[text] { return known }
      let table = state.folded ?? NearNames.table(entries())
      state.folded = table
      let id = TextFolding.folded(text, lowercased: false)
      let found = table[id] ?? table[id.lowercased()] ?? IdentifierIndex.absent
      if state.found.count < NearNames.mostAnswers { state.found[text] = found }
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
  ///
  /// - Complexity: O(length of the text), expected, and the names that look like it.
  func nearest(to text: String, among entries: () -> [Entry]) -> [Int32] {
    state.withLock { state in
      if let known = state.near[text] { return known }
      let index = state.index ?? NearIndex(entries(), kind)
      state.index = index
      let nearest = index.nearest(to: TextFolding.folded(text))
      if state.near.count < NearNames.mostAnswers { state.near[text] = nearest }
      return nearest
    }
  }
}

/// Names by what a name near to them has in common with them: a file may have a million names that are
/// nobody's, and comparing each with all of a list takes minutes.
private struct NearIndex {
  private let kind: NameDistance.Kind
  /// Folded names, each with its record.
  private var names: [(name: String, index: Int32)] = []
  /// By the part of a name that is compared, and by that with any one character left out: two texts of which
  /// one edit makes the other share one of these.
  private var byPart: [String: [Int32]] = [:]
  /// By their beginnings of two characters or more; of departments alone.
  private var byBeginning: [String: [Int32]] = [:]

  init(_ entries: [NearNames.Entry], _ kind: NameDistance.Kind) {
    self.kind = kind
    for entry in entries {
      for name in entry.names {
        let folded = TextFolding.folded(name)
        let number = Int32(names.count)
        names.append((folded, entry.index))
        for key in Set(NearIndex.parts(of: kind.part(of: folded))) {
          byPart[key, default: []].append(number)
        }
        guard kind == .departments else { continue }
        for beginning in NearIndex.beginnings(of: folded) {
          byBeginning[beginning, default: []].append(number)
        }
      }
    }
  }

  func nearest(to folded: String) -> [Int32] {
    let part = kind.part(of: folded)
    var candidates: Set<Int32> = []
    for key in NearIndex.parts(of: part) { candidates.formUnion(byPart[key] ?? []) }
    if kind == .departments {
      candidates.formUnion(byBeginning[part] ?? [])
      for beginning in NearIndex.beginnings(of: folded) {
        candidates.formUnion(byPart[beginning] ?? [])
      }
    }
    var best: [Int32: Int] = [:]
    for candidate in candidates {
      let (name, index) = names[Int(candidate)]
      if let distance = kind.distance(folded, name) {
        best[index] = min(distance, best[index] ?? distance)
      }
    }
    return best.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.prefix(3).map(\.key)
  }

  private static func parts(of text: String) -> [String] {
    [text]
      + text.indices.map { left in
        var shorter = text
        shorter.remove(at: left)
        return shorter
      }
  }

  private static func beginnings(of text: String) -> [String] {
    text.indices.dropFirst(2).map { String(text[..<$0]) } + (text.count >= 2 ? [text] : [])
  }
}

/// How near two folded names are; nil where they are not.
enum NameDistance {
  /// What is called by the names.
  enum Kind {
    case departments, people

    /// How near two folded names are.
    func distance(_ left: String, _ right: String) -> Int? {
      switch self {
      case .departments: return ofDepartments(left, right)
      case .people: return ofPeople(left, right)
      }
    }

    /// What of a folded name has to be the same but for one character.
    func part(of name: String) -> String {
      switch self {
      case .departments: return stem(name)
      case .people: return name
      }
    }
  }

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
