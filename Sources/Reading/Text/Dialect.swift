/// How a text file separates its cells and quotes them.
struct Dialect: Equatable, Sendable {
  var separator = UInt8(ascii: ",")
  /// The quotation mark; 0 where the file has none.
  var quote = UInt8(ascii: "\"")
  /// What makes the next byte stand for itself within quotes; 0 where doubled quotes do.
  var escape: UInt8 = 0
  /// A quoted cell may have blanks between the separator and its first quote.
  var skipsBlanks = false

  /// RFC 4180.
  static let standard = Dialect()
}
