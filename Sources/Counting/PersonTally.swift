internal import Checking
internal import Records

/// Counts how often each person took part in the period.
final class PersonTally: ParticipationTap {
  private(set) var counts: [Int32]
  let next: any ParticipationConsumer
  /// For each event whether it is in the period.
  private let isCounted: [Bool]

  /// - Parameter window: the period.
  init(
    _ next: any ParticipationConsumer, _ plan: EventPlan, people: Int, in window: Timeline.Window
  ) {
    self.next = next
    counts = [Int32](repeating: 0, count: people)
    isCounted = plan.slots.map { window.buckets.contains(Int($0.bucket)) }
  }

  func note(_ batch: UnsafeBufferPointer<Participation>) {
    for row in batch where isCounted[Int(row.event)] { counts[Int(row.person)] &+= 1 }
  }
}
