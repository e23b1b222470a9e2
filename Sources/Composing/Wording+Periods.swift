import Records

extension Wording {
  /// A period as it is called in a sentence, as `2023年上半年` or `the first half of 2023`.
  func name(_ period: Period) -> String {
    let (year, month, _) = period.first.components
    let number = String(year)
    switch period.kind {
    case .year: return self("{1}年", "{1}", number)
    case .half where month <= 6: return self("{1}年上半年", "the first half of {1}", number)
    case .half: return self("{1}年下半年", "the second half of {1}", number)
    case .quarter:
      let ordinals = [("一", "first"), ("二", "second"), ("三", "third"), ("四", "fourth")]
      let (chinese, english) = ordinals[(month - 1) / 3]
      return self("{1}年第\(chinese)季度", "the \(english) quarter of {1}", number)
    case .month:
      let digits = "\(period)".suffix(2)
      return self("{1}年{2}月", "{1}-{2}", number, String(digits))
    case .range: return self("{1} 至 {2}", "{1} to {2}", "\(period.first)", "\(period.last)")
    }
  }

  /// The first and the last day, as `2023-01-01 至 2023-06-30`.
  func span(_ period: Period) -> String {
    self("{1} 至 {2}", "{1} to {2}", "\(period.first)", "\(period.last)")
  }

  /// The title of a report on a period, as `2023年上半年工作成效统计报告`.
  func reportTitle(_ period: Period) -> String {
    switch period.kind {
    case .half, .quarter, .year, .month:
      return self("{1}工作成效统计报告", "Results of {1}", name(period))
    case .range:
      return self("{1} 工作成效统计报告", "Results of {1}", name(period))
    }
  }
}
