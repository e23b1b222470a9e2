/// What is kept of an accepted row, so that the next night's rows can be compared with it.
public struct RowDigest: Hashable, Sendable {
  /// Of what names the row.
  public let key: UInt64
  /// Of all of its cells.
  public let content: UInt64
  /// Of the id of the department that the row counts for; 0 where it counts for none.
  public let department: UInt32
  /// The day by which the row counts, in days since 1970; the smallest number where it has none.
  public let day: Int32

  public init(key: UInt64, content: UInt64, department: UInt32, day: Int32) {
    self.key = key
    self.content = content
    self.department = department
    self.day = day
  }
}

/// How the rows of a table differ from what they were.
public struct RowDifference: Sendable {
  public var added: [RowDigest] = []
  public var deleted: [RowDigest] = []
  /// Rows of the same name whose cells are others.
  public var corrected: [(old: RowDigest, new: RowDigest)] = []

  public var isEmpty: Bool { added.isEmpty && deleted.isEmpty && corrected.isEmpty }

  /// - Complexity: O(n log n) in the rows.
  public init(from old: [RowDigest], to new: [RowDigest]) {
    var rest = Dictionary(old.map { ($0.key, $0) }) { first, _ in first }
    for row in new {
      guard let before = rest.removeValue(forKey: row.key) else {
        added.append(row)
        continue
      }
      if before.content != row.content { corrected.append((before, row)) }
    }
    deleted = rest.values.sorted { $0.key < $1.key }
  }
}

/// The rows of a table as bytes: 24 a row, in the order of their keys.
enum RowDigestCoding {
  private static let size = 24

  static func bytes(_ rows: [RowDigest]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(rows.count * size)
    for row in rows.sorted(by: { ($0.key, $0.content) < ($1.key, $1.content) }) {
      append(row.key, to: &bytes)
      append(row.content, to: &bytes)
      append(row.department, to: &bytes)
      append(UInt32(bitPattern: row.day), to: &bytes)
    }
    return bytes
  }

  /// The rows that bytes stand for; nil where they stand for none.
  static func rows(_ bytes: [UInt8]) -> [RowDigest]? {
    guard bytes.count.isMultiple(of: size) else { return nil }
    return bytes.withUnsafeBytes { bytes in
      stride(from: 0, to: bytes.count, by: size).map { at in
        RowDigest(
          key: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)),
          content: UInt64(
            littleEndian: bytes.loadUnaligned(fromByteOffset: at + 8, as: UInt64.self)),
          department: UInt32(
            littleEndian: bytes.loadUnaligned(fromByteOffset: at + 16, as: UInt32.self)),
          day: Int32(
            bitPattern: UInt32(
              littleEndian: bytes.loadUnaligned(fromByteOffset: at + 20, as: UInt32.self))))
      }
    }
  }

  private static func append(_ number: some FixedWidthInteger, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }
}
