internal import Records

/// The codes of the few values that rules and definitions ask for.
enum Known {
  static let employee: Int64 = 0
  static let reopened: Int64 = 0
  static let individual: Int64 = 0
  static let old: Int64 = 0
}

extension Labels {
  /// The labels of a field, in which the values of `Known` have their codes; nil for other fields.
  static func labels(for field: Field) -> Labels? {
    switch field.kind {
    case .label, .choice:
      switch field.role {
      case .employment: return Labels(known: ["employee"])
      case .recheckResult: return Labels(known: ["reopened"])
      case .level: return Labels(known: ["individual"])
      case .origin: return Labels(known: ["old"])
      default: return Labels()
      }
    default: return nil
    }
  }
}
