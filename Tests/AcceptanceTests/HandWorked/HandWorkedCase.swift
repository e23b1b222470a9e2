/// A tiny workspace whose figures were worked out by hand.
struct HandWorkedCase: CustomStringConvertible {
  let description: String
  let period: String
  var asOf: String?
  var view = View.asWas
  let files: [String: String]
  let figures: [HandWorkedFigure]
  /// File and row of every rejected row.
  var rejected: [(file: String, row: Int)] = []
  /// File, row and code of every warning.
  var warnings: [(file: String, row: Int, code: String)] = []

  static let all: [HandWorkedCase] = [
    .leavers, .ledger, .ledgerSeenEarlier, .listless, .scores, .rejections,
    .rangeAcrossNewYear, .duplicatesOfRejectedRows, .departmentsAsTheyWere,
    .departmentsAsTheyAre, .departmentsAsTheyAreBeforeTheMerger,
  ]
}

/// A figure as a person writes it: `9.5`, `2/3` for a ratio with its parts, or nothing.
struct HandWorkedFigure {
  let metric: String
  let scope: String
  let member: String
  let value: String
  let period: String?
  let month: String

  init(
    _ metric: String, _ value: String, scope: String = "hospital", member: String = "",
    period: String? = nil, month: String = ""
  ) {
    self.metric = metric
    self.scope = scope
    self.member = member
    self.value = value
    self.period = period
    self.month = month
  }

  func key(in period: String) -> FigureKey {
    FigureKey(
      metric: metric, period: self.period ?? period, month: month, scope: scope, member: member)
  }

  /// Value, numerator and denominator, as far as they are defined.
  var parts: [Double?] {
    let parts = value.split(separator: "/").map { Double($0) }
    guard parts.count == 2, let part = parts[0], let whole = parts[1] else {
      return [parts.first ?? nil, nil, nil]
    }
    return [whole == 0 ? nil : part / whole, part, whole]
  }
}

extension HandWorkedCase {
  static let yaml = "name: {zh: 市中医医院, en: City Hospital}\n"

  static let twoDepartments = """
    id,name,category
    D1,心内科,临床
    D2,检验科,医技

    """

  static let threePeople = """
    id,name,department_id
    S1,王伟,D1
    S2,李芳,D1
    S3,张敏,D2

    """
}
