import Testing

@Suite("Files that nothing uses")
struct UnusedFileTests {
  @Test("A misnamed file and participations without events are told, and the report is issued")
  func misnamed() throws {
    let folder = try PrivateFolder()
    try folder.folder(
      "w",
      files: [
        "hospital.yaml": "name: {zh: 甲, en: A}\n", "departments.csv": "id,name\nD1,甲科\n",
        "staff.csv": "id,department_id\nS1,D1\n",
        "issues.csv": "id,department_id,raised_on\nI1,D1,2023-01-01\n",
        "isues.csv": "id,department_id,raised_on\nI1,D1,2023-01-01\n",
        "drill_participation.csv": "drill_id,staff_id\nX,S1\n",
        "isues/D1.csv": "id,department_id,raised_on\n", "issues/letter.txt.pdf": "%PDF",
        "issues/letter.txt": "附上本月的表。",
        "issues/D1.txt": "id\tdepartment_id\traised_on\nI2\tD1\t2023-01-02\n",
        "forms/drills.csv": "id,date,department_id\n", "notes/readme.md": "#",
      ])
    let run = try ProgramRun(["check", "w"], in: folder.url)
    #expect(run.exitCode == 0)
    #expect(run.output.contains("isues.csv: warning: [unused_file]"))
    #expect(run.output.contains("drill_participation.csv: warning: [unused_file]"))
    #expect(!run.output.contains("\nissues.csv: warning"))
    #expect(run.output.contains("isues/: warning: [unused_file]"))
    #expect(run.output.contains("issues/letter.txt.pdf: warning: [unused_file]"))
    #expect(run.output.contains("issues/letter.txt: warning: [unused_file]"))
    #expect(run.output.contains("\nissues/D1.txt: 1 = 1 + 0"))
    #expect(!run.output.contains("forms") && !run.output.contains("notes"))
  }
}
