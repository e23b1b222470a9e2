/// Why a file, or the rest of it, is not read: what it is, or what is wrong with it.
public enum FileFault: String, Sendable, CaseIterable {
  // Kinds of files that are not read.
  case encrypted
  case binaryWorkbook = "binary_workbook"
  case openDocument = "open_document"
  case webArchive = "web_archive"
  case oldWorkbook = "old_workbook"
  case otherDocument = "other_document"
  case archive
  case noText = "no_text"
  case unknownEncoding = "unknown_encoding"

  // Texts.
  case isEmpty = "is_empty"
  case recordTooLong = "record_too_long"
  case badEncoding = "bad_encoding"
  case changedWhileRead = "changed_while_read"

  // Damage.
  case cutShort = "cut_short"
  case badArchive = "bad_archive"
  case badCompression = "bad_compression"
  case badChecksum = "bad_checksum"
  case missingPart = "missing_part"
  case badMarkup = "bad_markup"
  case badCompound = "bad_compound"
  case badRecord = "bad_record"
  case noSheet = "no_sheet"
  case rowsOutOfOrder = "rows_out_of_order"

  // Limits, which keep a hostile file from taking the machine with it.
  case doctype
  case tooLarge = "too_large"
  case tooManyParts = "too_many_parts"
  case inflatesTooMuch = "inflates_too_much"
  case tooDeep = "too_deep"
  case tooManyTexts = "too_many_texts"
  case tooManyCells = "too_many_cells"

  /// The file is of a kind that is not read; otherwise it is of a kind that is, but not sound.
  public var isKind: Bool {
    switch self {
    case .encrypted, .binaryWorkbook, .openDocument, .webArchive, .oldWorkbook, .otherDocument,
      .archive, .noText, .unknownEncoding:
      return true
    default: return false
    }
  }

  /// A phrase that says what the file is or has, and fits into brackets.
  public var reason: Bilingual {
    switch self {
    case .encrypted, .binaryWorkbook, .openDocument, .webArchive, .oldWorkbook, .otherDocument,
      .archive, .noText, .unknownEncoding:
      return kindReason
    case .doctype, .tooLarge, .tooManyParts, .inflatesTooMuch, .tooDeep, .tooManyTexts,
      .tooManyCells:
      return limitReason
    default: return damageReason
    }
  }

  private var kindReason: Bilingual {
    switch self {
    case .encrypted:
      return Bilingual(zh: "文件设有打开密码，请取消密码", en: "it is protected by a password; remove that")
    case .binaryWorkbook:
      return Bilingual(zh: "二进制工作簿 xlsb", en: "it is a binary workbook, xlsb")
    case .openDocument:
      return Bilingual(zh: "OpenDocument 文件", en: "it is an OpenDocument file")
    case .webArchive: return Bilingual(zh: "单一网页文件 mht", en: "it is a web archive, mht")
    case .oldWorkbook:
      return Bilingual(zh: "Excel 4.0 或更早的工作簿", en: "it is a workbook of Excel 4 or earlier")
    case .otherDocument:
      return Bilingual(zh: "Office 文档，但不是工作簿", en: "it is an Office document, but no workbook")
    case .archive: return Bilingual(zh: "压缩包，不是工作簿", en: "it is an archive, but no workbook")
    case .unknownEncoding:
      return Bilingual(zh: "文字编码不支持", en: "it is in an encoding that is not read")
    default: return Bilingual(zh: "既非文本也非工作簿", en: "it is neither text nor a workbook")
    }
  }

  private var damageReason: Bilingual {
    switch self {
    case .isEmpty: return Bilingual(zh: "没有表头行", en: "the file has no heading row")
    case .recordTooLong:
      return Bilingual(zh: "此行过长，可能引号不成对", en: "the row is too long, perhaps by an open quote")
    case .badEncoding:
      return Bilingual(
        zh: "自此行起文字编码不一致，请另存为 UTF-8",
        en: "the text is not in one encoding from this row on; save it as CSV in UTF-8")
    case .changedWhileRead:
      return Bilingual(
        zh: "读取过程中文件被改动，请在无人写入时再试",
        en: "the file changed while it was read; try again when nobody writes to it")
    case .cutShort: return Bilingual(zh: "文件不完整", en: "it is cut short")
    case .badArchive: return Bilingual(zh: "压缩目录损坏", en: "its zip directory is damaged")
    case .badCompression: return Bilingual(zh: "压缩数据损坏", en: "its compressed data is damaged")
    case .badChecksum: return Bilingual(zh: "校验和不符", en: "its contents do not match their checksum")
    case .missingPart: return Bilingual(zh: "缺少工作簿的必要部分", en: "a part of the workbook is missing")
    case .badMarkup: return Bilingual(zh: "内部 XML 有误", en: "its XML is malformed")
    case .badCompound: return Bilingual(zh: "复合文档结构损坏", en: "its compound structure is damaged")
    case .noSheet: return Bilingual(zh: "没有工作表", en: "it has no worksheet")
    case .rowsOutOfOrder:
      return Bilingual(zh: "大工作表的行次序混乱", en: "the rows of a large sheet are not in order")
    default: return Bilingual(zh: "工作簿记录损坏", en: "a record of the workbook is damaged")
    }
  }

  private var limitReason: Bilingual {
    switch self {
    case .doctype:
      return Bilingual(
        zh: "含有 DOCTYPE，出于安全不予读取", en: "it has a DOCTYPE, which is not read for safety")
    case .tooLarge: return Bilingual(zh: "文件过大", en: "it is too large")
    case .tooManyParts: return Bilingual(zh: "内部部分过多", en: "it has too many parts")
    case .inflatesTooMuch:
      return Bilingual(zh: "解压后过大", en: "it unpacks to far more than a sheet has")
    case .tooDeep: return Bilingual(zh: "内部嵌套过深", en: "its parts are nested too deeply")
    case .tooManyTexts: return Bilingual(zh: "文字总量过大", en: "it holds too much text")
    default:
      return Bilingual(
        zh: "行列超出 1048576 行、16384 列", en: "it has more than 1,048,576 rows or 16,384 columns")
    }
  }
}
