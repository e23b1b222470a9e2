import Comparing
import Counting
import Records
import ReportModel

/// The page of one department, chosen from a list, and the figures that it looks up.
extension Composer {
  private static let activityMeasures: [Measure] = [.participations, .people, .coverage]
  private static let ledgerMeasures: [Measure] = [.raised, .closed, .overdueAtEnd, .closureRate]

  /// The sheet with the figures of all departments, and the page; none where there are so many
  /// departments that nobody would choose from a list of them.
  var departmentPageSections: [Section] {
    guard facts.audience.seesDepartments, figures.departments.count <= Composer.mostForSignals,
      !figures.departments.isEmpty
    else {
      return []
    }
    let columns = pageColumns
    return [dataSection(columns), pageSection(columns)]
  }

  /// A metric in one window: a column of the data, a cell of the page.
  private struct PageColumn {
    let metric: SourceMetric
    let window: Int
    let heading: String
  }

  /// The windows that the page shows beside each other: the period, then what it is compared with.
  private var pageWindows: [(window: Int, name: String)] {
    [(0, words("本期", "Period"))] + comparisons.map { ($0.window, words.earlier($0)) }
  }

  private var pageMetrics: [SourceMetric] {
    metrics("staff", [.headcount])
      + figures.sources.flatMap {
        metrics(
          $0.name,
          $0.family == .activity ? Composer.activityMeasures : Composer.ledgerMeasures)
      } + metrics("volunteers", [.registrationRate])
  }

  private var pageColumns: [PageColumn] {
    pageMetrics.flatMap { metric in
      pageWindows.map { window, name in
        PageColumn(
          metric: metric, window: window,
          heading: words("{1}，{2}", "{1}, {2}", fullTitle(metric), name))
      }
    }
  }

  /// The figure's name, with its unit where the name does not tell it.
  private func pageLabel(_ metric: SourceMetric) -> String {
    let unit =
      metric.metric.unit == .items ? words.unit(metric) : words.headingUnit(metric)
    guard let unit else { return fullTitle(metric) }
    return words("{1}（{2}）", "{1} ({2})", fullTitle(metric), unit)
  }

  private func dataSection(_ columns: [PageColumn]) -> Section {
    let cells = columns.map { column in
      figures.column(column.metric, .department, window: column.window).map {
        cell($0, column.metric.metric)
      }
    }
    let table = Table(
      id: "department_data", title: words("各科室数字", "Figures of all departments"),
      columns: [departmentRows.label.column]
        + columns.map { Column($0.heading, kind: kind($0.metric.metric)) },
      rows: figures.departments.indices.map { department in
        [departmentRows.label.cell(department)] + cells.map { $0[department] }
      })
    var section = Section(
      name: words("科室数据", "Department data"), title: words("科室数据", "Department data"),
      purpose: words("科室页取数用，一科一行。", "What the page of a department looks up."),
      group: .departments,
      lead: [words("本表供“科室页”取数，不打印明细。", "The page of a department looks its figures up here.")],
      blocks: [.table(table)])
    section.isPrinted = false
    return section
  }

  private func pageSection(_ columns: [PageColumn]) -> Section {
    let windows = pageWindows
    let lines = pageMetrics.enumerated().map { number, metric in
      Lookup.Line(
        pageLabel(metric),
        windows.indices.map { 1 + number * windows.count + $0 })
    }
    var section = Section(
      name: words("科室页", "One department"), title: words("科室页", "One department"),
      purpose: words("从下拉单元格选择科室，各数随之更新。", "Choose a department from the list; all cells follow."),
      group: .departments,
      lead: [
        words(
          "在“选择科室”右侧的单元格中选择。各数取自“科室数据”表，随所选科室更新。",
          "Choose in the cell beside “Department”. All figures come from the sheet “Department data” and "
            + "follow the choice.")
      ], blocks: [])
    section.lookup = Lookup(
      label: words("选择科室", "Department"), table: "department_data", key: 0, chosen: 0,
      headings: [words("指标", "Figure")] + windows.map(\.name), lines: lines)
    return section
  }
}
