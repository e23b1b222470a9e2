internal import Reading
internal import Records

/// Compares what a sheet's total rows say with the sums of the rows above them (勾稽).
///
/// A total is of all records above it, whatever became of them: so did the clerk add them up. A subtotal
/// is of those behind the one before.
final class TotalsCheck: BlockWorker {
  private(set) var findings: [Finding] = []
  private let decoder: TableDecoder
  private let totals: [UInt32: Bool]
  private let passedOver: Set<UInt32>
  /// The columns that may be added up, with what one of their units counts.
  private let columns: [(slot: Int, isCount: Bool)]
  private var all: [Int64]
  private var sinceSubtotal: [Int64]

  /// - Parameter rows: the rows that are no records; of totals, whether it is a subtotal.
  init(
    decoder: TableDecoder, totals: [UInt32: Bool], passedOver: Set<UInt32>
  ) {
    self.decoder = decoder
    self.totals = totals
    self.passedOver = passedOver
    columns = TotalsCheck.columns(decoder.heading)
    all = [Int64](repeating: 0, count: columns.count)
    sinceSubtotal = all
  }

  /// Scores are no quantities: nobody adds them up.
  static func columns(_ heading: Heading) -> [(slot: Int, isCount: Bool)] {
    heading.fields.enumerated().filter { _, field in
      (field.kind == .amount || field.kind == .count) && field.role != .score
    }.map { ($0.offset, $0.element.kind == .count) }
  }

  func decode(_ block: RecordBlock) {
    for row in 0..<block.rowCount {
      let number = block.rowNumbers[row]
      if let isSubtotal = totals[number] {
        compare(row, block, isSubtotal: isSubtotal)
      } else if !passedOver.contains(number) {
        add(row, block)
      }
    }
  }

  func commit(_ block: RecordBlock) {}
  func finish(_ block: RecordBlock) {}

  private func value(_ index: Int, _ row: Int, _ block: RecordBlock) -> Int64? {
    let cell = block.cell(columns[index].slot, row)
    let value = columns[index].isCount ? decodeCount(cell) : decodeAmount(cell)
    return value >= 0 ? value : nil
  }

  private func add(_ row: Int, _ block: RecordBlock) {
    for index in columns.indices {
      guard let value = value(index, row, block) else { continue }
      all[index] &+= value
      sinceSubtotal[index] &+= value
    }
  }

  private func compare(_ row: Int, _ block: RecordBlock, isSubtotal: Bool) {
    for index in columns.indices {
      let sum = isSubtotal ? sinceSubtotal[index] : all[index]
      guard let stated = value(index, row, block), stated != sum else { continue }
      let slot = columns[index].slot
      let scale = columns[index].isCount ? 1 : Decoded.amountScale
      findings.append(
        Finding(
          .totalDiffers,
          at: decoder.heading.place.row(
            Int(block.rowNumbers[row]), column: decoder.heading.titles[slot]),
          value: block.cell(slot, row).trimmed.text, detail: TotalsCheck.text(sum, scale)))
    }
    if isSubtotal { sinceSubtotal = [Int64](repeating: 0, count: columns.count) }
  }

  /// A number in shortest decimal form.
  private static func text(_ value: Int64, _ scale: Int64) -> String {
    let (whole, rest) = value.quotientAndRemainder(dividingBy: scale)
    guard rest != 0 else { return "\(whole)" }
    var decimals = String(rest + scale).dropFirst()
    while decimals.last == "0" { decimals.removeLast() }
    return "\(whole).\(decimals)"
  }
}

extension Checker {
  /// Looks at a sheet's totals, where it has any, in a pass of its own.
  func checkTotals(_ part: TablePart, _ decoders: [TableDecoder], _ pass: TablePass) {
    let others = decoders.flatMap(\.others)
    let totals = others.filter { $0.kind == .total }.map(\.row)
    guard !totals.isEmpty, !TotalsCheck.columns(part.heading).isEmpty else { return }
    do throws(ReadingError) {
      let subtotals = Set(decoders.flatMap(\.subtotals))
      let check = TotalsCheck(
        decoder: pass.decoder(part, References()),
        totals: Dictionary(totals.map { ($0, subtotals.contains($0)) }) { first, _ in first },
        passedOver: Set(others.map(\.row)))
      try reopen(part).run([check], slots: part.heading.slots)
      add(check.findings, of: part.submitter)
    } catch {
      note(error, part.file)
    }
  }
}
