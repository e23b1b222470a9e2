internal import Records

/// A workbook as Office Open XML packs it (ECMA-376 part 1 and 2, transitional and strict): which parts
/// there are, and which of them are the sheets.
///
/// Targets of relationships name entries of the archive and nothing else; those outside are passed over.
struct OOXMLPackage: Sendable {
  static let mostSheets = 4096
  /// The parts that are held in memory while they are read: styles, relationships.
  static let longestName = 32 << 10

  struct SheetPart: Sendable {
    let name: String
    let isHidden: Bool
    let part: String
  }

  let archive: ZipArchive
  private(set) var sheets: [SheetPart] = []
  private(set) var system = SerialDay.System.from1900
  private(set) var styles: [SerialDay.Kind] = []
  private(set) var sharedStringsPart: String?

  /// - Throws: `ReadingError.fault` where the archive is no workbook or is not sound.
  init(_ archive: ZipArchive) throws(ReadingError) {
    self.archive = archive
    let workbook = try OOXMLPackage.workbookPart(archive)
    let relations = try Relations(of: workbook, in: archive)
    try readWorkbook(workbook, relations)
    if let part = relations.first("/styles"), archive.contains(part) {
      styles = try OOXMLStyles.kinds(XMLScanner(archive.stream(part)))
    }
    if let part = relations.first("/sharedStrings"), archive.contains(part) {
      sharedStringsPart = part
    }
    guard !sheets.isEmpty else { throw .fault(.noSheet) }
  }

  private static func workbookPart(_ archive: ZipArchive) throws(ReadingError) -> String {
    if archive.contains("_rels/.rels") {
      let relations = try Relations(of: "", in: archive)
      if let part = relations.first("/officeDocument"), archive.contains(part) {
        try refuseOthers(part)
        return part
      }
    }
    if archive.contains("xl/workbook.xml") { return "xl/workbook.xml" }
    if archive.contains("xl/workbook.bin") { throw .fault(.binaryWorkbook) }
    if archive.contains("content.xml") || archive.contains("META-INF/manifest.xml") {
      throw .fault(.openDocument)
    }
    throw .fault(archive.contains("[Content_Types].xml") ? .missingPart : .archive)
  }

  private static func refuseOthers(_ part: String) throws(ReadingError) {
    if part.lowercased().hasSuffix(".bin") { throw .fault(.binaryWorkbook) }
    if part.hasPrefix("word/") || part.hasPrefix("ppt/") || part.hasPrefix("visio/") {
      throw .fault(.otherDocument)
    }
  }

  private mutating func readWorkbook(
    _ part: String, _ relations: Relations
  ) throws(ReadingError) {
    let scanner = try XMLScanner(archive.stream(part))
    while true {
      switch try scanner.next() {
      case .done: return
      case .start where scanner.isNamed("workbookPr"):
        if scanner.attributeFlag("date1904") { system = .from1904 }
      case .start where scanner.isNamed("sheet"):
        guard sheets.count < OOXMLPackage.mostSheets else { throw .fault(.tooManyParts) }
        try addSheet(scanner, relations)
      default: break
      }
    }
  }

  private mutating func addSheet(
    _ scanner: XMLScanner, _ relations: Relations
  ) throws(ReadingError) {
    // The relationship is the attribute `id` with a prefix; `sheetId` has another name.
    guard let id = scanner.attributeText("id"), let relation = relations.find(id),
      relation.type.hasSuffix("/worksheet")
    else { return }
    guard archive.contains(relation.target) else { throw .fault(.missingPart) }
    let state = scanner.attributeText("state") ?? ""
    sheets.append(
      SheetPart(
        name: scanner.attributeText("name") ?? "",
        isHidden: state == "hidden" || state == "veryHidden", part: relation.target))
  }
}

/// The relationships of a part.
private struct Relations {
  struct Relation {
    let type: String
    let target: String
  }

  private static let most = 100_000
  private var byId: [String: Relation] = [:]
  private var inOrder: [Relation] = []

  /// - Parameter part: the part's name, empty for the package itself.
  init(of part: String, in archive: ZipArchive) throws(ReadingError) {
    let slash = part.lastIndex(of: "/")
    let folder = slash.map { String(part[...$0]) } ?? ""
    let file = slash.map { String(part[part.index(after: $0)...]) } ?? part
    let name = "\(folder)_rels/\(file).rels"
    guard archive.contains(name) else { return }
    let scanner = try XMLScanner(archive.stream(name))
    while true {
      let event = try scanner.next()
      if event == .done { return }
      guard event == .start, scanner.isNamed("Relationship") else { continue }
      guard scanner.attributeText("TargetMode") != "External",
        let id = scanner.attributeText("Id"), let target = scanner.attributeText("Target")
      else { continue }
      guard inOrder.count < Relations.most else { throw .fault(.tooManyParts) }
      let relation = Relation(
        type: scanner.attributeText("Type") ?? "", target: Relations.resolve(target, in: folder))
      if byId[id] == nil { byId[id] = relation }
      inOrder.append(relation)
    }
  }

  func find(_ id: String) -> Relation? { byId[id] }

  func first(_ typeEnding: String) -> String? {
    inOrder.first { $0.type.hasSuffix(typeEnding) }?.target
  }

  private static func resolve(_ target: String, in folder: String) -> String {
    let path = target.replacing("\\", with: "/")
    if path.hasPrefix("/") { return String(path.dropFirst()) }
    var steps: [Substring] = []
    for step in (folder + path).split(separator: "/") where step != "." {
      if step == ".." { _ = steps.popLast() } else { steps.append(step) }
    }
    return steps.joined(separator: "/")
  }
}

/// The styles of cells: of each whether it shows a day.
enum OOXMLStyles {
  private static let most = 100_000

  static func kinds(_ scanner: XMLScanner) throws(ReadingError) -> [SerialDay.Kind] {
    var formats: [Int: SerialDay.Kind] = [:]
    var kinds: [SerialDay.Kind] = []
    var isInCellFormats = false
    while true {
      switch try scanner.next() {
      case .done: return kinds
      case .start where scanner.isNamed("numFmt"):
        if let id = scanner.attributeNumber("numFmtId"),
          let code = scanner.attributeText("formatCode"), formats.count < most
        {
          formats[id] = NumberFormat.kind(code)
        }
      case .start where scanner.isNamed("cellXfs"): isInCellFormats = true
      case .end where scanner.isNamed("cellXfs"): isInCellFormats = false
      case .start where isInCellFormats && scanner.isNamed("xf"):
        guard kinds.count < most else { throw .fault(.tooManyParts) }
        let id = scanner.attributeNumber("numFmtId") ?? 0
        kinds.append(formats[id] ?? NumberFormat.builtIn(id))
      default: break
      }
    }
  }
}
