/// Ranks with ties: the same value has the same rank, and the ranks that it uses up are skipped
/// (1, 2, 2, 4), the "standard competition" ranking.
///
/// - Parameters:
///   - count: how many elements there are.
///   - isBetter: whether the first element comes before the second; elements of which neither comes
///     before the other are tied.
/// - Returns: the rank of each element, from 1.
/// - Complexity: O(n log n).
public func competitionRanks(
  count: Int, isBetter: (Int, Int) -> Bool
) -> [(rank: Int, isTied: Bool)] {
  let order = (0..<count).sorted(by: isBetter)
  var ranks = [(rank: Int, isTied: Bool)](repeating: (0, false), count: count)
  var rank = 0
  for (position, element) in order.enumerated() {
    let follows = position > 0 && !isBetter(order[position - 1], element)
    if !follows { rank = position + 1 }
    ranks[element] = (rank, follows)
    if follows { ranks[order[position - 1]].isTied = true }
  }
  return ranks
}
