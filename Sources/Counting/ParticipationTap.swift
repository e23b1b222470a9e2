internal import Checking

/// Notes every batch, which it hands on to whoever counts it.
protocol ParticipationTap: ParticipationConsumer {
  var next: any ParticipationConsumer { get }

  func note(_ batch: UnsafeBufferPointer<Participation>)
}

extension ParticipationTap {
  func add(_ batch: UnsafeBufferPointer<Participation>) {
    next.add(batch)
    note(batch)
  }

  func addMoved(_ batch: UnsafeBufferPointer<Participation>) {
    next.addMoved(batch)
    note(batch)
  }
}
