import Comparing
import Records
import ReportModel

extension Wording {
  /// What a metric's figures count in, for the heading of a column.
  func unit(_ metric: SourceMetric) -> String {
    let words = UnitWords.of(metric)
    return language == .chinese ? words.chinese : words.plural
  }

  /// The unit as it stands beside the heading of a column; nil where the heading tells it, as 人次 does,
  /// for items, whose tables tell it, and for rates, whose figures carry their sign.
  func headingUnit(_ metric: SourceMetric) -> String? {
    guard metric.metric.kind != .share, metric.metric.unit != .items else { return nil }
    let unit = unit(metric)
    return title(metric).lowercased().contains(unit.lowercased()) ? nil : unit
  }

  /// A unit behind a number, in the singular where that is one.
  func unitMark(_ metric: SourceMetric, isOne: Bool) -> String {
    let words = UnitWords.of(metric)
    return " " + (language == .chinese ? words.chinese : isOne ? words.singular : words.plural)
  }

  /// What a metric is called in its source: hours are 学时 where people learn, 时长 elsewhere.
  func title(_ metric: SourceMetric) -> String {
    switch metric.metric.measure {
    case .hours where !UnitWords.isLearning(metric.source): return self("时长", "Hours")
    case .withMeasure: return self("制定措施", metric.metric.title.english)
    default: return metric.metric.title[language]
    }
  }

  /// A figure with its unit straight behind it, as `5,863 人次`; a rate as a percentage.
  func amount(_ figure: Figure, _ metric: SourceMetric) -> String {
    let text = value(figure, metric.metric)
    guard figure.isDefined, metric.metric.kind != .share else { return text }
    let words = UnitWords.of(metric)
    let isOne = figure.numerator == figure.denominator * metric.metric.scale
    return text + " "
      + (language == .chinese ? words.chinese : isOne ? words.singular : words.plural)
  }

  /// A figure without its unit, rounded once from its exact parts.
  func value(_ figure: Figure, _ metric: Metric) -> String {
    guard figure.isDefined else {
      return figure.isHidden ? Composer.hiddenSign : NumberText.undefined
    }
    switch metric.kind {
    case .count: return numbers.count(figure.numerator)
    case .share:
      return numbers.share(figure.numerator, of: figure.denominator, places: Wording.places)
    case .quantity, .mean, .median:
      let denominator = figure.denominator * metric.scale
      // Means are seldom whole, sums and medians mostly: these need no places then.
      let isWhole = metric.kind != .mean && figure.numerator % denominator == 0
      return numbers.ratio(
        figure.numerator, over: denominator, places: isWhole ? 0 : Wording.places)
    }
  }
}

/// The words of the units.
struct UnitWords {
  let chinese: String
  let singular: String
  let plural: String

  static func of(_ metric: SourceMetric) -> UnitWords {
    of(metric.metric.unit, in: metric.source)
  }

  static func of(_ unit: Unit, in source: String) -> UnitWords {
    switch unit {
    case .events: return UnitWords(chinese: "场次", singular: "event", plural: "events")
    case .participations:
      return UnitWords(chinese: "人次", singular: "participation", plural: "participations")
    case .people: return UnitWords(chinese: "人", singular: "person", plural: "people")
    case .hours:
      return UnitWords(
        chinese: isLearning(source) ? "学时" : "小时", singular: "hour", plural: "hours")
    case .items:
      return UnitWords(chinese: itemWord(source), singular: "item", plural: "items")
    case .days: return UnitWords(chinese: "天", singular: "day", plural: "days")
    case .points: return UnitWords(chinese: "分", singular: "point", plural: "points")
    case .perHead: return UnitWords(chinese: "次", singular: "per head", plural: "per head")
    case .ratio: return UnitWords(chinese: "%", singular: "%", plural: "%")
    }
  }

  static func isLearning(_ source: String) -> Bool {
    ["training", "drills", "assessments", "studies"].contains(source)
  }

  /// Chinese counts suggestions by 条, problems and practical tasks by 件, undertakings by 项.
  private static func itemWord(_ source: String) -> String {
    switch source {
    case "suggestions": return "条"
    case "commitments", "topics", "projects", "policies": return "项"
    default: return "件"
    }
  }
}
