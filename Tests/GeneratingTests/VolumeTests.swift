import Foundation
import Testing

@testable import Generating

@Suite struct VolumeTests {
  private let folder: PrivateFolder

  init() throws { folder = try generate("benchmark.yaml", .init(scale: 3)) }

  @Test(arguments: [
    ("departments", 61), ("staff", 796), ("training_sessions", 1400),
    ("training_attendance", 17_600), ("issues", 4500),
  ])
  func rowsAreMultiplesOfTheScale(_ table: String, _ rows: Int) throws {
    #expect(try folder.lines("\(table).csv").count == 3 * rows + 1)
  }

  @Test func rowsOfASessionStandTogether() throws {
    let sessions = try folder.lines("training_attendance.csv").dropFirst().map { $0.prefix(8) }
    let changes = zip(sessions, sessions.dropFirst()).count { $0 != $1 }
    #expect(changes + 1 == Set(sessions).count)
  }

  @Test func aFewRowsAreFaulty() throws {
    let rows = try folder.lines("training_attendance.csv").dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let duplicates = rows.count - Set(rows.map { "\($0[0]),\($0[1])" }).count
    let unknown = rows.count { (Int($0[1].dropFirst()) ?? 0) >= 3 * 796 }
    #expect((20...100).contains(duplicates + unknown))
    #expect(duplicates > 0 && unknown > 0)
    let sessions = try folder.lines("training_sessions.csv")
    #expect(sessions.contains { $0.contains("2023-02-30") })
  }

  @Test func shufflingKeepsTheRows() throws {
    let shuffled = try generate(
      "benchmark.yaml", .init(scale: 3, only: ["training_attendance"], shuffled: true))
    #expect(try shuffled.files() == ["training_attendance.csv"])
    let (one, other) = try (
      folder.lines("training_attendance.csv"), shuffled.lines("training_attendance.csv")
    )
    #expect(one != other)
    #expect(one.sorted() == other.sorted())
  }

  @Test func sameSeedSameBytes() throws {
    let again = try generate("benchmark.yaml", .init(scale: 3))
    let other = try generate("benchmark.yaml", .init(scale: 3, seed: 2))
    for file in try folder.files() { #expect(try again.bytes(file) == folder.bytes(file)) }
    #expect(try other.bytes("issues.csv") != folder.bytes("issues.csv"))
  }
}
