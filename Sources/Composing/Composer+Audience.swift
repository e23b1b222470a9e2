import Comparing
import ReportModel

extension Composer {
  /// Stands for a figure that the circle of readers is not told.
  static let hiddenSign = "※"

  /// The cell of a figure that has no value: not defined, or not for these readers.
  func noValue(_ figure: Figure) -> Cell {
    .blank(figure.isHidden ? Composer.hiddenSign : NumberText.undefined)
  }

  var hiddenSigns: [Sign] {
    guard facts.audience != .office else { return [] }
    return [Sign(Composer.hiddenSign, meaning: words("为不致指认个人而不公开", "withheld, to name nobody"))]
  }

  /// Whom the report is for, and what is left out for that; nothing for the office.
  var audienceSentences: [String] {
    guard let disclosure = figures.disclosure else { return [] }
    let groups = disclosure.count { $0 == .branch || $0 == .category }
    let values = disclosure.count { scope in
      if case .breakdown = scope { true } else { false }
    }
    let circle =
      facts.audience == .staff
      ? words("本报告供院内职工传阅，不含个人姓名、具体事项和问题行。", "For the staff: without names, single items and rows.")
      : words(
        "本报告供公开，不含个人姓名、具体事项、问题行和各科室数字。",
        "For the public: without names, single items, rows and departments.")
    return [
      circle,
      words(
        "为不致指认个人，涉及个人的台账和测试结果中小于 {1} 的数及可据以推算的数以“{2}”代替：科室 {3} 组，支部与类别 {4} 组，分项 {5} 组；目标完成情况未列。",
        "So that nobody can be recognised, counts below {1} of individuals’ items and test results, and "
          + "those from which they could be worked out, are replaced by “{2}”: {3} groups of figures of "
          + "departments, {4} of branches and categories, {5} of values; targets are left out.",
        "\(disclosure.threshold)", Composer.hiddenSign,
        words.number(disclosure.count { $0 == .department }), words.number(groups),
        words.number(values)),
    ]
  }
}
