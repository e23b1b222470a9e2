/// The languages of reports and messages.
public enum Language: String, Sendable, CaseIterable {
  case chinese = "zh"
  case english = "en"
}

/// A text in both languages.
public struct Bilingual: Hashable, Sendable {
  public var chinese: String
  public var english: String

  public init(zh chinese: String, en english: String) {
    self.chinese = chinese
    self.english = english
  }

  public subscript(language: Language) -> String {
    language == .chinese ? chinese : english
  }
}
