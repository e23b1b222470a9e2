import Testing

@testable import Checking

/// What looks like a record at first sight is never a row of another kind.
@Suite("Signs of a record")
struct RecordSignsTests {
  private static let heading = ["编号", "日期", "主办科室", "学时"]

  private func areRecord(_ first: String, _ second: String, headings: [String] = heading) -> Bool {
    var (first, second) = (first, second)
    let signs = RecordSigns(headings: headings)
    return first.withUTF8 { first in second.withUTF8 { signs.areRecord(first, $0) } }
  }

  @Test("Ids with something behind them are records; words are looked at in full")
  func signs() {
    for (first, second) in [("T1", "2023-01-01"), ("2023001", "内科"), ("s0", "department")] {
      #expect(areRecord(first, second))
    }
    for (first, second) in [
      ("合计", "1"), ("内科", "小计"), ("T1", "小计"), ("T1", "本页小计"), ("T1", "Subtotal"), ("T1", ""),
      ("Total", "3"), ("编号", "日期"), ("T1", "ｓｕｂｔｏｔａｌ"), ("T1", "\u{200B}小计"),
    ] {
      #expect(!areRecord(first, second), "\(first) \(second)")
    }
    #expect(!areRecord("1月", "3", headings: ["1月", "2月"]))
  }

  @Test("No row of another kind has them, whatever its cells", arguments: 0..<20)
  func agreement(seed: Int) {
    let texts = [
      "T1", "1", "12", "内科", "小计", "合计", "本页小计", "subtotal", "Total", "备注：无", "示例", "编号", "日期",
      "主办科室", "学时", "2023-01-01", "", "Note 1", "a1", "注1：以签到为准。",
    ]
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func pick() -> String {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return texts[Int((state >> 33) % UInt64(texts.count))]
    }
    let layout = SheetLayout(headingRow: 1, cells: Self.heading)
    for _ in 0..<2_000 {
      let row = (0..<4).map { _ in pick() }
      let filled = row.filter { !$0.isEmpty }
      guard filled.count >= 2, areRecord(filled[0], filled[1]) else { continue }
      #expect(layout.kind(of: row) == nil, "\(row)")
    }
  }
}
