import Foundation
import Reading
import Testing

@testable import Checking

/// A file that is written to while it is read: nobody can say which of its rows are counted.
@Suite("Files that change between two looks")
struct ChangedFileTests {
  private let sessions =
    "id,date,department_id\nT1,2023-03-01,D1\nT2,2023-03-02,D1\nT3,2023-03-03,D2\n"
  /// The last row may be a repetition, which only a second look can tell.
  private let attendance = "session_id,staff_id\nT1,S1\nT2,S1\nT1,S2\nT3,S3\nT1,S1\n"

  @Test("Without a change the repeated row is rejected")
  func unchanged() throws {
    let folder = try CheckedFolder([
      "training_sessions.csv": sessions, "training_attendance.csv": attendance,
    ])
    let outcome = try #require(folder.outcome("training_attendance.csv"))
    #expect(outcome.rowsRead == 5 && outcome.rowsRejected == 1)
    #expect(folder.participations["training"]?.count == 4)
    #expect(folder.found("training_attendance.csv") == ["6 duplicate_participation"])
  }

  @Test(
    "A file that is another one, or none, at the second look is refused as a whole",
    arguments: ["session_id,staff_id\nT1,S1\nT2,S1\nT1,S2\nT3,S3\nT1,S3\n", nil])
  func changed(text: String?) throws {
    let folder = try CheckedFolder(
      ["training_sessions.csv": sessions, "training_attendance.csv": attendance],
      whenRead: { folder in
        let file = folder.appending(path: "training_attendance.csv")
        try? FileManager.default.removeItem(at: file)
        if let text { try? Data(text.utf8).write(to: file) }
      })
    #expect(folder.outcome("training_attendance.csv") == nil)
    #expect(folder.found("training_attendance.csv") == ["0 unreadable_file"])
    #expect(folder.checker.unreadable.map(\.file) == ["training_attendance.csv"])
    #expect(folder.checker.unreadable.first?.error == .changedWhileRead)
  }
}
