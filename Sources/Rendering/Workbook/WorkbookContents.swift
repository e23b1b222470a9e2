/// What a workbook holds, as it was meant when it was written, or as it was found in the file.
struct WorkbookContents: Equatable {
  struct Sheet: Equatable {
    var rows = 0
    var formulas = 0
    /// Ranges of joined cells.
    var joined = 0
    var tables = 0
    var isFrozen = false
    var conditions = 0
    var hasDrawing = false
  }

  var sheets: [Sheet] = []
  /// The columns of each table, in the order of the sheets.
  var tableColumns: [Int] = []
  /// Defined names, as of the rows that are repeated on each page.
  var names = 0

  init(sheets: [Sheet] = [], tableColumns: [Int] = [], names: Int = 0) {
    self.sheets = sheets
    self.tableColumns = tableColumns
    self.names = names
  }

  /// What the file must hold when these sheets are all written.
  init(of sheets: [Rendering.Sheet]) {
    self.init(
      sheets: sheets.map(\.contents), tableColumns: sheets.flatMap(\.tableColumns),
      names: sheets.reduce(0) { $0 + $1.names.count })
  }

  /// What of it a screen reader stumbles over, with the sheet; nil where there is nothing.
  ///
  /// The list is that of the UK's Government Analysis Function (Releasing statistics in spreadsheets):
  /// one table a sheet, marked up; no joined cells, no frozen panes; nothing floating over the cells, and
  /// nothing that a colour alone tells.
  var obstacle: (sheet: Int, reason: String)? {
    for (index, sheet) in sheets.enumerated() {
      let reasons = [
        (sheet.tables > 1, "has more than one table"), (sheet.joined > 0, "has joined cells"),
        (sheet.isFrozen, "has frozen panes"), (sheet.hasDrawing, "has something over its cells"),
        (sheet.conditions > 0, "tells something by colour alone"),
      ]
      if let (_, reason) = reasons.first(where: { $0.0 }) { return (index, reason) }
    }
    return nil
  }
}
