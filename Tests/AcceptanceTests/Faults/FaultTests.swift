import Foundation
import Testing

/// What a night may meet: calls that fail, the end at any moment, a full disk, another run. Whatever it is,
/// the published report is wholly the old or wholly the new one, and the next run comes to the same bytes.
///
/// A few points of each kind are tried each time; `make test-faults` tries them all.
@Suite("Faults", .serialized)
struct FaultTests {
  static let isWhole = ProcessInfo.processInfo.environment["HALFYEAR_FAULTS"] == "all"

  @Test(
    "A call that fails, and the end at a call", .enabled(if: SystemCallFaults.isPossible),
    arguments: SystemCallFaults.Fault.allCases)
  func systemCalls(fault: SystemCallFaults.Fault) throws {
    let workshop = try FaultWorkshop()
    let injection = try SystemCallFaults()
    let points = try injection.counts(in: workshop).flatMap { call, count in
      (1...count).map { (call: call, number: $0) }
    }
    #expect(points.count > 200)
    let tried = Self.isWhole ? points : Self.spread(points, 16)
    var reached = 0
    for point in tried {
      let (faults, isReached) = try injection.faults(
        workshop, fault, call: point.call, number: point.number)
      #expect(faults.isEmpty, "\(faults.joined(separator: "\n"))")
      if isReached { reached += 1 }
    }
    // The number of calls differs a little from run to run, but a fault that never comes proves nothing.
    #expect(reached * 10 >= tried.count * 9)
    Self.tell("\(fault.rawValue): \(reached) of \(points.count) calls")
  }

  @Test("The end at any moment")
  func randomKills() throws {
    let workshop = try FaultWorkshop()
    let binary = try ProgramRun.binary().path
    var random = SystemRandomNumberGenerator()
    let count = Self.isWhole ? 1_000 : 12
    var states = (old: 0, new: 0)
    for _ in 0..<count {
      let trial = try workshop.trial()
      let delay = Double.random(in: 0...0.06, using: &random)
      _ = try WrappedRun(
        [binary] + FaultWorkshop.arguments, in: trial.url, killedAfter: delay)
      if try trial.state() == workshop.new { states.new += 1 } else { states.old += 1 }
      let faults = try workshop.faults(after: trial, exitCode: nil)
      #expect(faults.isEmpty, "killed after \(delay) s: \(faults.joined(separator: "\n"))")
    }
    Self.tell("\(count) kills, of which \(states.old) before the report changed places")
  }

  @Test("A disk that is full at any size", .enabled(if: SmallDisk.isPossible))
  func fullDisk() throws {
    let workshop = try FaultWorkshop()
    let binary = try ProgramRun.binary().path
    let sizes = (0..<64).map { $0 * 8 }
    var codes: [Int32: Int] = [:]
    for size in Self.isWhole ? sizes : Self.spread(sizes, 4) {
      let trial = try workshop.trial()
      let disk = try SmallDisk(in: trial.url.appending(path: "reports"), free: size)
      let run = try WrappedRun([binary] + FaultWorkshop.arguments, in: trial.url)
      let after = try trial.state()
      codes[run.exitCode ?? -1, default: 0] += 1
      #expect([0, 73, 74].contains(run.exitCode), "\(size) KiB: \(run.errors)")
      #expect(after == workshop.old || after == workshop.new, "\(size) KiB: \(run.errors)")
      #expect(run.exitCode != 0 || after == workshop.new)
      try disk.enlarge()
      let faults = try workshop.faults(after: trial, exitCode: nil)
      #expect(faults.isEmpty, "\(size) KiB: \(faults.joined(separator: "\n"))")
    }
    Self.tell("full disks by exit code: \(codes.sorted { $0.key < $1.key })")
  }

  @Test("Two runs at once")
  func together() throws {
    let workshop = try FaultWorkshop()
    let binary = try ProgramRun.binary().path
    for _ in 0..<(Self.isWhole ? 50 : 3) {
      let trial = try workshop.trial()
      let both =
        "\"$0\" \"$@\" & first=$!; \"$0\" \"$@\"; a=$?; wait $first; echo $a $? > codes.txt"
      _ = try WrappedRun(["/bin/sh", "-c", both, binary] + FaultWorkshop.arguments, in: trial.url)
      let text = try String(contentsOf: trial.url.appending(path: "codes.txt"), encoding: .utf8)
      let codes = text.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }.sorted()
      #expect(codes == [0, 75] || codes == [0, 0])
      #expect(try trial.state() == workshop.new)
      let faults = try workshop.faults(after: trial, exitCode: nil)
      #expect(faults.isEmpty, "\(faults.joined(separator: "\n"))")
    }
  }

  @Test(
    "A second run while the first one stands at a call",
    .enabled(if: SystemCallFaults.isPossible))
  func secondRun() throws {
    let workshop = try FaultWorkshop()
    let injection = try SystemCallFaults()
    let points = try injection.counts(in: workshop).flatMap { call, count in
      (1...count).map { (call: call, number: $0) }
    }
    var codes: [String: Int] = [:]
    for point in Self.spread(points, Self.isWhole ? 300 : 12) {
      let trial = try workshop.trial()
      let first = try HeldRun(
        injection.binary, in: trial.url, call: point.call, number: point.number)
      let second = try ProgramRun(FaultWorkshop.arguments, in: trial.url)
      let between = try trial.state()
      let name = "\(point.call) \(point.number)"
      // It is refused as long as the first holds the lock, and never sees half of what that one does.
      #expect([0, 75].contains(second.exitCode), "\(name): \(second.errors)")
      #expect(between == workshop.old || between == workshop.new, "\(name)")
      #expect(second.exitCode == 75 || between == workshop.new, "\(name)")
      let code = first.release()
      #expect(code == 0, "\(name)")
      #expect(try trial.state() == workshop.new, "\(name)")
      codes["\(code ?? -1) \(second.exitCode)\(first.isHeld ? "" : ", not held")", default: 0] += 1
      let faults = try workshop.faults(after: trial, exitCode: nil)
      #expect(faults.isEmpty, "\(name): \(faults.joined(separator: "\n"))")
    }
    #expect(codes["0 75", default: 0] > 0 && codes["0 0", default: 0] > 0)
    Self.tell("two runs by exit codes: \(codes.sorted { $0.key < $1.key })")
  }

  /// So many of the values, evenly spread, the first and the last among them.
  private static func spread<Value>(_ values: [Value], _ count: Int) -> [Value] {
    guard values.count > count else { return values }
    return (0..<count).map { values[$0 * (values.count - 1) / (count - 1)] }
  }

  private static func tell(_ text: String) {
    if isWhole { FileHandle.standardError.write(Data("faults: \(text)\n".utf8)) }
  }
}
