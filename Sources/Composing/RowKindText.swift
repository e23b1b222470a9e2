public import Checking
public import Records

/// What rows are called that are no records.
public enum RowKindText {
  /// The plural, as it stands above numbers and before them.
  public static func title(of kind: SheetLayout.RowKind) -> Bilingual {
    switch kind {
    case .title: Bilingual(zh: "标题", en: "titles")
    case .heading: Bilingual(zh: "表头", en: "headings")
    case .blank: Bilingual(zh: "空行", en: "blank rows")
    case .note: Bilingual(zh: "说明", en: "notes")
    case .total: Bilingual(zh: "合计行", en: "totals")
    }
  }
}
