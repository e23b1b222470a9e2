internal import Records

extension SettingsReader {
  static func assessment(
    _ node: YAMLNode, sources: [Source]
  ) throws(YAMLError) -> AssessmentRules {
    var rules = AssessmentRules()
    let known = ["criteria", "deductions", "grades", "paired_categories", "head_roles"]
    for entry in try entries(node, known: known) {
      switch entry.key {
      case "criteria": rules.criteria = try criteria(entry.value, sources)
      case "deductions": rules.deductions = try deductions(entry.value, sources)
      case "grades": rules.grades = try grades(entry.value)
      case "paired_categories": rules.pairedCategories = try texts(entry.value)
      default: rules.headRoles = try texts(entry.value)
      }
    }
    guard !rules.criteria.isEmpty else { throw node.error("'criteria' are missing") }
    return rules
  }

  private static func criteria(
    _ node: YAMLNode, _ sources: [Source]
  ) throws(YAMLError) -> [AssessmentRules.Criterion] {
    var criteria: [AssessmentRules.Criterion] = []
    for element in try list(node) {
      try entries(element, known: ["metric", "weight", "full_at", "zero_at"])
      let (source, metric) = try metric(required(element, "metric"), sources: sources)
      let zero = try element["zero_at"].map { node throws(YAMLError) in try exact(node) }
      let criterion = AssessmentRules.Criterion(
        metricName: "\(source).\(metric.name)",
        weight: try number(required(element, "weight"), in: 1...1000),
        fullAt: try exact(required(element, "full_at")), zeroAt: zero ?? ExactNumber(0))
      guard criterion.fullAt < criterion.zeroAt || criterion.zeroAt < criterion.fullAt else {
        throw element.error("'full_at' and 'zero_at' are the same")
      }
      criteria.append(criterion)
    }
    return criteria
  }

  private static func deductions(
    _ node: YAMLNode, _ sources: [Source]
  ) throws(YAMLError) -> [AssessmentRules.Deduction] {
    var deductions: [AssessmentRules.Deduction] = []
    for element in try list(node) {
      try entries(element, known: ["metric", "points", "at_most"])
      let metricNode = try required(element, "metric")
      let (source, metric) = try metric(metricNode, sources: sources)
      guard metric.kind == .count else { throw metricNode.error("a deduction is for a count") }
      deductions.append(
        AssessmentRules.Deduction(
          metricName: "\(source).\(metric.name)", points: try exact(required(element, "points")),
          atMost: try exact(required(element, "at_most"))))
    }
    return deductions
  }

  private static func grades(_ node: YAMLNode) throws(YAMLError) -> [AssessmentRules.Grade] {
    var grades: [AssessmentRules.Grade] = []
    for element in try list(node) {
      try entries(element, known: ["title", "at_least"])
      let grade = AssessmentRules.Grade(
        title: try bilingual(required(element, "title")),
        atLeast: try exact(required(element, "at_least")))
      if let better = grades.last, better.atLeast <= grade.atLeast {
        throw element.error("the grades stand from the best down, each with a lower 'at_least'")
      }
      grades.append(grade)
    }
    return grades
  }
}
