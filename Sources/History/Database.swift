internal import CSQLite

/// An open SQLite database: the one place that calls the library. Not to be used by two threads at once.
final class Database {
  private let handle: OpaquePointer
  let path: String

  /// - Parameter creates: a database is made where there is none.
  init(path: String, creates: Bool) throws(HistoryError) {
    var handle: OpaquePointer?
    // Also a reader may have to write: what a killed run has left half done is first taken back.
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (creates ? SQLITE_OPEN_CREATE : 0)
    let code = sqlite3_open_v2(path, &handle, flags, nil)
    guard code == SQLITE_OK, let handle else {
      let reason = handle.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
      sqlite3_close_v2(handle)
      throw .unusable(path: path, reason: reason)
    }
    self.handle = handle
    self.path = path
    sqlite3_extended_result_codes(handle, 1)
    // Readers hold the file for moments only; runs that write are kept apart by their own lock.
    sqlite3_busy_timeout(handle, 5_000)
    // What the file says is not trusted: it may have been damaged, or made by somebody else.
    _ = sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, 256 << 20)
  }

  deinit { sqlite3_close_v2(handle) }

  /// Runs statements that return nothing.
  func run(_ sql: String) throws(HistoryError) {
    let code = sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw failure(code) }
  }

  func prepare(_ sql: String) throws(HistoryError) -> Statement {
    var statement: OpaquePointer?
    let code = sqlite3_prepare_v2(handle, sql, -1, &statement, nil)
    guard code == SQLITE_OK, let statement else { throw failure(code) }
    return Statement(statement, of: self)
  }

  /// Runs one statement with values, and forgets it.
  func run(_ sql: String, _ values: [SQLValue]) throws(HistoryError) {
    try prepare(sql).run(values)
  }

  /// The first column of the first row; nil where there is no row, or no number in it.
  func number(_ sql: String, _ values: [SQLValue] = []) throws(HistoryError) -> Int? {
    var result: Int?
    try prepare(sql).query(values) { row throws(HistoryError) in
      if result == nil { result = row.optionalInt(0) }
    }
    return result
  }

  var lastInsertedRow: Int { Int(sqlite3_last_insert_rowid(handle)) }

  /// Runs a body whose changes are all made, or none.
  func transaction(_ body: () throws(HistoryError) -> Void) throws(HistoryError) {
    try run("BEGIN IMMEDIATE")
    do throws(HistoryError) {
      try body()
      try run("COMMIT")
    } catch {
      // The first failure is what is told; that there is nothing to roll back any more is none.
      _ = sqlite3_exec(handle, "ROLLBACK", nil, nil, nil)
      throw error
    }
  }

  func failure(_ code: Int32) -> HistoryError {
    let reason = String(cString: sqlite3_errmsg(handle))
    switch code & 0xFF {
    case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_MISMATCH, SQLITE_TOOBIG, SQLITE_ERROR:
      return .damaged(path: path, reason: reason)
    default:
      return .unusable(path: path, reason: reason)
    }
  }
}

/// A value as it is stored.
enum SQLValue {
  case int(Int)
  case text(String)
  case bytes([UInt8])
  case null

  init(_ number: Int?) { self = number.map(SQLValue.int) ?? .null }
}

/// A prepared statement; it may be run any number of times.
final class Statement {
  private let statement: OpaquePointer
  private let database: Database

  fileprivate init(_ statement: OpaquePointer, of database: Database) {
    self.statement = statement
    self.database = database
  }

  deinit { sqlite3_finalize(statement) }

  func run(_ values: [SQLValue] = []) throws(HistoryError) {
    try query(values) { _ in }
  }

  /// Hands every row of the result to a body.
  func query(
    _ values: [SQLValue] = [], _ body: (Row) throws(HistoryError) -> Void
  ) throws(HistoryError) {
    defer {
      sqlite3_reset(statement)
      sqlite3_clear_bindings(statement)
    }
    for (index, value) in values.enumerated() {
      let code = bind(value, at: Int32(index + 1))
      guard code == SQLITE_OK else { throw database.failure(code) }
    }
    while true {
      let code = sqlite3_step(statement)
      if code == SQLITE_DONE { return }
      guard code == SQLITE_ROW else { throw database.failure(code) }
      try body(Row(statement: statement))
    }
  }

  private func bind(_ value: SQLValue, at index: Int32) -> Int32 {
    // SQLite takes a copy of its own (SQLITE_TRANSIENT, which C writes as a cast of -1).
    let copy = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    switch value {
    case .int(let number): return sqlite3_bind_int64(statement, index, Int64(number))
    case .text(var text):
      guard !text.isEmpty else { return sqlite3_bind_text(statement, index, "", 0, copy) }
      return text.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) {
          sqlite3_bind_text(statement, index, $0.baseAddress, Int32($0.count), copy)
        }
      }
    case .bytes(let bytes):
      guard !bytes.isEmpty else { return sqlite3_bind_zeroblob(statement, index, 0) }
      return bytes.withUnsafeBytes {
        sqlite3_bind_blob(statement, index, $0.baseAddress, Int32($0.count), copy)
      }
    case .null: return sqlite3_bind_null(statement, index)
    }
  }
}

/// One row of a result, good until the next one.
struct Row {
  fileprivate let statement: OpaquePointer

  func int(_ column: Int32) -> Int { Int(sqlite3_column_int64(statement, column)) }

  func optionalInt(_ column: Int32) -> Int? {
    sqlite3_column_type(statement, column) == SQLITE_NULL ? nil : int(column)
  }

  func text(_ column: Int32) -> String {
    guard let text = sqlite3_column_text(statement, column) else { return "" }
    let count = Int(sqlite3_column_bytes(statement, column))
    return String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self)
  }

  func bytes(_ column: Int32) -> [UInt8] {
    guard let start = sqlite3_column_blob(statement, column) else { return [] }
    let count = Int(sqlite3_column_bytes(statement, column))
    return Array(UnsafeRawBufferPointer(start: start, count: count))
  }
}
