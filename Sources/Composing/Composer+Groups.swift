import Comparing
import Counting
import Records
import ReportModel

extension Composer {
  /// The groups of people whom the settings tell apart, with the figures of each.
  var groupSection: Section? {
    guard let groups = facts.progress?.groups, !groups.isEmpty else { return nil }
    let title = words("人群分类情况", "Groups of people")
    return Section(
      name: words("人群分类", "Groups"), title: title,
      purpose: words("各人群的参加人次、人数、覆盖率与事项。", "What each group of people took part in and raised."),
      lead: [words.paragraph(groupSentences)], blocks: groups.map { .table(groupTable($0)) },
      notes: [
        words(
          "全院含未列入任何人群的人员，也含未留名单的场次，故各人群之和可小于全院。覆盖率以该人群期末在岗人数为分母。",
          "The hospital has those of no group and events without a list, too, so that the groups may add "
            + "up to less. Coverage is divided by the group's own head count.")
      ])
  }

  private func groupTable(_ figures: GroupFigures) -> Table {
    Table(
      id: "groups_\(figures.source.name)", title: figures.source.title[words.language],
      columns: [
        Column(words("人群", "Group"), kind: .text),
        Column(words("期末在岗人数", "Head count"), kind: .count),
      ]
        + figures.metrics.map {
          Column(words.title($0), unit: words.headingUnit($0), kind: kind($0.metric), note: 1)
        },
      rows: figures.rows.map { row in
        [.text(row.group.title[words.language]), .integer(row.headcount)]
          + zip(row.figures, figures.metrics).map { cell($0, $1.metric) }
      },
      total: totalLabels(1) + [headcountCell]
        + figures.metrics.map { cell(self.figures.hospital($0), $0.metric) })
  }

  private var headcountCell: Cell {
    metric("staff", .headcount).map { cell(figures.hospital($0), $0.metric) } ?? .blank("")
  }

  var groupSentences: [String] {
    (facts.progress?.groups ?? []).compactMap { groups in
      guard let main = groups.metrics.first else { return nil }
      let parts = groups.rows.map { row in
        let share = zip(row.figures, groups.metrics).first { $1.metric.measure == .coverage }
        return words.remark(
          words(
            "{1} {2}", "{1} {2}", row.group.title[words.language],
            words.amount(row.figures[0], main)),
          share.map { [words("覆盖率 {1}", "coverage {1}", words.value($0, $1.metric))] } ?? [])
      }
      return words(
        "{1}：{2}。", "{1}: {2}.", groups.source.title[words.language],
        parts.joined(separator: words("；", "; ")))
    }
  }

  /// The ledgers' account, the re-check and the scores as parts of the text.
  var accountParts: [(title: String, blocks: [TextBlock])] {
    var parts: [(title: String, blocks: [TextBlock])] = [
      (words("人群分类情况", "Groups of people"), paragraph(groupSentences)),
      (words("台账运行情况", "The ledgers' account"), paragraph(accounts.flatMap(accountSentences))),
    ]
    let total = rechecks(Array(figures.departments.indices))
    if total.checked + total.waiting > 0 {
      parts.append((words("“回头看”情况", "The re-check"), paragraph(recheckSentences(total))))
    }
    if let assessment = facts.progress?.assessment {
      parts.append((words("考核评分", "Assessment"), paragraph(assessmentSentences(assessment))))
    }
    return parts
  }
}
