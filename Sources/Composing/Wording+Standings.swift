import Comparing
import ReportModel
import Statistics

extension Wording {
  /// What a figure says beside chance.
  func verdict(_ verdict: Standings.Verdict) -> String {
    switch verdict {
    case .better: return self("优于预期", "better than expected")
    case .expected: return self("符合预期", "as expected")
    case .lookInto: return self("需要了解", "look into it")
    case .higher: return self("多于预期", "more than expected")
    case .lower: return self("少于预期", "fewer than expected")
    case .tooSmall: return self("基数小，不判断", "too small to say")
    }
  }

  /// How the months move.
  func variation(_ variation: ProcessChart.Variation) -> String {
    switch variation {
    case .improving: return self("好转", "improving")
    case .worsening: return self("变差", "worsening")
    case .rising: return self("上升", "rising")
    case .falling: return self("下降", "falling")
    case .unchanged: return self("无明显变化", "unchanged")
    }
  }

  /// Whether a target will be met as things are.
  func assurance(_ assurance: ProcessChart.Assurance) -> String {
    switch assurance {
    case .passes: return self("稳定达标", "target will be met")
    case .fails: return self("不改变做不到", "target will not be met without change")
    case .hitOrMiss: return self("时达时不达", "hit or miss")
    }
  }

  /// Why a change is not shown.
  func reason(_ comparability: Comparability) -> String {
    switch comparability {
    case .comparable: return ""
    case .didNotExist: return self("当时未设", "not there then")
    case .closedSince: return self("已撤并", "closed since")
    case .changedSince: return self("有并入", "merged since")
    case .notReportedThen: return self("当时未报", "no report then")
    case .notReportedNow: return self("本期未报", "no report now")
    }
  }

  /// A rank as 第 3, or 并列第 3.
  func rank(_ rank: Int, isTied: Bool) -> String {
    isTied ? self("并列第 {1}", "{1} (tied)", "\(rank)") : self("第 {1}", "{1}", "\(rank)")
  }

  /// A span of ranks, as `4–19`.
  func ranks(_ range: ClosedRange<Int>) -> String {
    range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)–\(range.upperBound)"
  }

  /// A quarter of the peers, the first being the best.
  func quartile(_ quartile: Int, of peers: Int) -> String {
    self("第 {1}（{2} 个）", "{1} (of {2})", "\(quartile)", "\(peers)")
  }

  /// Why there is no rank.
  var smallBase: String { self("基数小", "small base") }
}
