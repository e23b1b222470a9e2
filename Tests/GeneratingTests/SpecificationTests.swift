import Testing
import Workspace

@testable import Generating

@Suite struct SpecificationTests {
  private func problem(_ text: String) -> String? {
    do {
      _ = try Generator(specification: YAMLNode.parse(Array(text.utf8)))
      return nil
    } catch {
      return error.description
    }
  }

  private let volume = """
    model: volume
    seed: 1
    hospital: ""
    first_day: 2022-01-01
    last_day: 2022-06-30
    departments: 2
    staff: 80
    sessions: 3
    attendance: 20
    issues: 0

    """

  @Test func complete() { #expect(problem(volume) == nil) }

  @Test func unknownKey() {
    #expect(problem(volume + "colour: red\n") == "11:1: error: 'colour' is not known here")
  }

  @Test func missingKey() { #expect(problem("seed: 1\n") == "1:1: error: 'model' is missing") }

  @Test(arguments: ["-1", "many", "1.5", "99999999999"])
  func noCount(_ text: String) {
    let changed = volume.replacing("staff: 80", with: "staff: \(text)")
    #expect(
      problem(changed) == "7:8: error: a whole number from 0 to 1000000000 is expected")
  }

  @Test func listsLongerThanTheStaffAllows() {
    #expect(problem(volume.replacing("attendance: 20", with: "attendance: 60")) != nil)
  }

  @Test func unknownTable() throws {
    let folder = PrivateFolder()
    let generator = try Generator(specification: YAMLNode.parse(Array(volume.utf8)))
    #expect(throws: GenerateError.self) {
      try generator.write(to: folder.path, options: .init(only: ["trainings"]))
    }
  }

  @Test(arguments: [(10, [3, 3, 4]), (3, [1, 1, 1]), (0, [0, 0, 0])])
  func partsAddUp(_ total: Int, _ parts: [Int]) {
    #expect(apportion(total, weights: [30, 30, 31]) == parts)
  }

  @Test func minimumIsKept() {
    #expect(apportion(7, weights: [0, 0, 9], minimum: 1) == [1, 1, 5])
  }

  @Test func randomNumbersAreThoseOfTheReference() {
    // The first outputs of S. Vigna's splitmix64.c for the state 1234567.
    var random = RandomSource(seed: 1_234_567)
    #expect(random.next() == 6_457_827_717_110_365_317)
    #expect(random.next() == 3_203_168_211_198_807_973)
  }
}
