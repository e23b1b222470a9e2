import Records

/// The `hospital.yaml` of a new workspace: what must be said, and, as comments, what may be.
enum StartingSettings {
  static func text(name: String?, language: Language) -> String {
    let quoted = name.map { "'" + $0.replacing("'", with: "''") + "'" }
    return """
      # 医院名称，用于报告标题。 The hospital's name, for the titles of reports.
      name: {zh: \(quoted ?? "本院"), en: \(quoted ?? "Our Hospital")}

      # 工作簿和提示的语言：zh 或 en。 The language of workbooks and messages: zh or en.
      language: \(language.rawValue)

      # 数字的修约：half_up 四舍五入，half_even 按 GB/T 8170。 How shown figures are rounded.
      rounding: half_up

      # 以下各项需要时去掉行首的 # 号。 Remove the # of what you need below.

      # 剔除行数超过此百分比的文件不出报告。 No report where more of a file's rows are rejected, per cent.
      # max_rejected_percent: 50

      # 报送截止：期末后第几天。 When submissions are due: days behind the period's end.
      # submission: {due_days: 5}

      # 科室的其他叫法，按科室编号，一行一个科室。 Further names of departments, by their ids.
      # aliases:
      #   KS01: [大内科, 普内]

      # 表头的其他写法，按文件名。 Further headings, by file.
      # headings:
      #   training_sessions: {授课题目: topic}

      # 本院自己的活动（activity）或台账（ledger）。 Activities and ledgers of your own.
      # sources:
      #   field_visits: {family: activity, title: {zh: 学习考察, en: Field visits}}

      """
  }
}
