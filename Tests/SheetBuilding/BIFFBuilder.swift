/// Puts a binary workbook together record by record.
struct BIFFBuilder {
  var isBIFF8 = true
  /// Records of the workbook between its beginning and its sheets.
  var globals: [UInt8] = []
  var sheets: [(name: [UInt8], visibility: UInt8, records: [UInt8])] = []

  static func record(_ id: Int, _ data: [UInt8]) -> [UInt8] {
    number(id, 2) + number(data.count, 2) + data
  }

  /// A cell's place and style with what follows.
  static func cell(_ id: Int, _ row: Int, _ column: Int, style: Int = 0, _ rest: [UInt8]) -> [UInt8]
  {
    record(id, number(row, 2) + number(column, 2) + number(style, 2) + rest)
  }

  static func double(_ value: Double) -> [UInt8] {
    number(Int(bitPattern: UInt(value.bitPattern)), 8)
  }

  /// A text of BIFF8 with two bytes a character.
  static func wide(_ text: String, lengthBytes: Int = 2) -> [UInt8] {
    number(text.utf16.count, lengthBytes) + [1] + text.utf16.flatMap { number(Int($0), 2) }
  }

  /// The stream of the workbook, with or without a compound file around it.
  var stream: [UInt8] {
    let version = number(isBIFF8 ? 0x600 : 0x500, 2)
    let begin = { (kind: Int) in
      Self.record(0x809, version + number(kind, 2) + number(0, isBIFF8 ? 12 : 4))
    }
    let end = Self.record(0x0A, [])
    let parts = sheets.map { begin(0x10) + $0.records + end }
    let names = sheets.map { sheet in (isBIFF8 ? [UInt8(0)] : []) + sheet.name }
    let entries = names.reduce(0) { $0 + 4 + 7 + $1.count }
    var offset = begin(5).count + globals.count + entries + end.count
    var stream = begin(5) + globals
    for (index, sheet) in sheets.enumerated() {
      stream += Self.record(
        0x85,
        number(offset, 4) + [sheet.visibility, 0, UInt8(sheet.name.count)] + names[index])
      offset += parts[index].count
    }
    return stream + end + parts.flatMap { $0 }
  }

  /// A compound file with this one stream ([MS-CFB]); sectors of 512 bytes.
  static func compound(_ streams: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    var sectors: [UInt8] = []
    var table: [Int] = [0xFFFF_FFFD]
    var places: [Int] = []
    for (_, bytes) in streams {
      // Streams below 4096 bytes would lie in the small table: they are filled up.
      let count = max(8, (bytes.count + 511) / 512)
      places.append(table.count)
      for step in 1..<count { table.append(table.count + 1 + 0 * step) }
      table.append(0xFFFF_FFFE)
      sectors += bytes + [UInt8](repeating: 0, count: count * 512 - bytes.count)
    }
    let directory = table.count
    let entries =
      [("Root Entry", 5, 0xFFFF_FFFE, 0)]
      + streams.enumerated().map { ($1.name, 2, places[$0], max(4096, $1.bytes.count)) }
    let size = (entries.count * 128 + 511) / 512
    for step in 0..<size { table.append(step + 1 < size ? table.count + 1 : 0xFFFF_FFFE) }
    var list: [UInt8] = []
    for (index, entry) in entries.enumerated() {
      list += self.entry(entry, index: index, count: entries.count)
    }
    list += [UInt8](repeating: 0, count: size * 512 - list.count)
    var fat = table.flatMap { number($0, 4) }
    fat += [UInt8](repeating: 0xFF, count: max(0, 512 - fat.count))
    precondition(fat.count == 512, "the test's file has one sector of successors")
    return header(directory: directory) + fat + sectors + list
  }

  private static func entry(
    _ entry: (name: String, kind: Int, start: Int, size: Int), index: Int, count: Int
  ) -> [UInt8] {
    let name = entry.name.utf16.flatMap { number(Int($0), 2) }
    let right = index > 0 && index + 1 < count ? index + 1 : 0xFFFF_FFFF
    let child = index == 0 && count > 1 ? 1 : 0xFFFF_FFFF
    return name + [UInt8](repeating: 0, count: 64 - name.count) + number(name.count + 2, 2)
      + [UInt8(entry.kind), 1] + number(0xFFFF_FFFF, 4) + number(right, 4) + number(child, 4)
      + [UInt8](repeating: 0, count: 36) + number(entry.start, 4) + number(entry.size, 8)
  }

  private static func header(directory: Int) -> [UInt8] {
    var header: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    header += [UInt8](repeating: 0, count: 16) + number(0x3E, 2) + number(3, 2) + number(0xFFFE, 2)
    header += number(9, 2) + number(6, 2) + number(0, 10) + number(1, 4) + number(directory, 4)
    header += number(0, 4) + number(4096, 4) + number(0xFFFF_FFFE, 4) + number(0, 4)
    header += number(0xFFFF_FFFE, 4) + number(0, 4) + number(0, 4)
    return header + [UInt8](repeating: 0xFF, count: 512 - header.count)
  }
}
