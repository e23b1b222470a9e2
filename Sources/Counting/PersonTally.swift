internal import Checking
internal import Records

/// Counts how often each person took part in the period, and hands every batch on.
final class PersonTally: ParticipationConsumer {
  private(set) var counts: [Int32]
  private let next: any ParticipationConsumer
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

  func add(_ batch: UnsafeBufferPointer<Participation>) {
    next.add(batch)
    tally(batch)
  }

  func addMoved(_ batch: UnsafeBufferPointer<Participation>) {
    next.addMoved(batch)
    tally(batch)
  }

  private func tally(_ batch: UnsafeBufferPointer<Participation>) {
    for row in batch where isCounted[Int(row.event)] { counts[Int(row.person)] &+= 1 }
  }
}
