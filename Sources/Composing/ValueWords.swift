import Records

/// The values of columns that the program knows in both languages; any other value stands as it is.
enum ValueWords {
  private static let known: [Bilingual] = [
    Bilingual(zh: "临床", en: "Clinical"), Bilingual(zh: "医技", en: "Medical technology"),
    Bilingual(zh: "护理", en: "Nursing"), Bilingual(zh: "药学", en: "Pharmacy"),
    Bilingual(zh: "职能", en: "Administration"), Bilingual(zh: "医院级", en: "Hospital"),
    Bilingual(zh: "科室级", en: "Department"), Bilingual(zh: "个人级", en: "Individual"),
    Bilingual(zh: "测试", en: "Test"), Bilingual(zh: "业务比武", en: "Competition"),
  ]

  private static let index: [String: Bilingual] = known.reduce(into: [:]) { index, text in
    index[text.chinese] = text
    index[folded(text.english)] = text
  }

  /// A value as a reader of this language knows it; an empty one is 未填.
  static func name(_ value: String, _ words: Wording) -> String {
    if value.isEmpty { return words("（未填）", "(not stated)") }
    return index[folded(value)]?[words.language] ?? value
  }

  /// The title of a column whose values split the figures.
  static func title(ofColumn column: String, _ words: Wording) -> String {
    switch column {
    case "form": return words("形式", "Form")
    case "kind": return words("类型", "Kind")
    case "shift": return words("班次", "Shift")
    case "level": return words("层级", "Level")
    case "category": return words("类别", "Category")
    case "source": return words("来源", "Source")
    case "aspect": return words("方面", "Aspect")
    default: return column
    }
  }

  private static func folded(_ text: String) -> String {
    let text = text.lowercased()
    guard text.utf8.contains(where: { $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }) else {
      return text
    }
    return String(text.map { $0 == "_" || $0 == "-" ? " " : $0 })
  }
}
