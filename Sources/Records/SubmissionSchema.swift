extension TableSchema {
  /// What a line of the register says that stands for all sources.
  public static let allSources = "all"

  /// The register of what departments have sent, and when it came.
  ///
  /// - Parameter sources: what may be sent; written by name or by title.
  public static func submissions(_ sources: [Source]) -> TableSchema {
    var choices = [allSources: allSources, "全部": allSources, "所有": allSources]
    for source in sources {
      for text in [source.name, source.title.chinese, source.title.english] {
        choices[text.lowercased()] = source.name
      }
    }
    return TableSchema(
      file: "submissions",
      fields: [
        .department(aliases: ["报送科室", "填报科室"]),
        Field(
          .source, "source", .choice(choices, isOpen: false), required: true,
          aliases: ["来源", "报送内容", "报表", "表名"]),
        Field(.period, "period", .text, required: true, aliases: ["期间", "报送期间", "统计期"]),
        Field(
          .date, "received_on", .day, required: true,
          aliases: ["收到日期", "报送日期", "接收日期", "日期"]),
      ])
  }
}
