/// What somebody may have meant who wrote something that there is not.
enum Suggestion {
  /// The known texts nearest to one, at most three: those that differ in up to a third of its letters, or
  /// that contain it.
  ///
  /// - Complexity: O(texts × length²).
  static func near(_ text: String, among known: [String]) -> [String] {
    let wanted = Array(text.lowercased().prefix(100))
    let limit = max(1, wanted.count / 3)
    let found = known.compactMap { candidate -> (distance: Int, text: String)? in
      let letters = Array(candidate.lowercased().prefix(100))
      if wanted.count > 1, candidate.lowercased().contains(text.lowercased()) {
        return (0, candidate)
      }
      let distance = distance(wanted, letters)
      return distance <= limit ? (distance, candidate) : nil
    }
    return found.sorted { ($0.distance, $0.text) < ($1.distance, $1.text) }.prefix(3).map(\.text)
  }

  /// How many letters must be put in, taken out or changed (Levenshtein's distance).
  private static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var row = Array(0...right.count)
    for (i, a) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, b) in right.enumerated() {
        let changed = diagonal + (a == b ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(changed, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[right.count]
  }

  /// The end of a message about an unknown text.
  static func sentence(_ text: String, among known: [String]) -> String {
    let near = near(text, among: known)
    guard !near.isEmpty else { return "" }
    return "; did you mean \(near.map { "'\($0)'" }.joined(separator: ", "))?"
  }
}
