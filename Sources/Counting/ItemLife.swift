internal import Checking
internal import Records

/// What was known of an item of a ledger on any day. Days are days since 1970-01-01.
struct ItemLife {
  let entry: LedgerEntry

  private var item: LedgerItem { entry.item }

  init(_ entry: LedgerEntry) { self.entry = entry }

  /// The day on which a closed item was opened again, `LedgerItem.noDay` where none is known. A re-check
  /// that stands before the closing lies behind it: the item has been closed once more since.
  var reopened: Int32 {
    let isKnown = item.isReopened && item.rechecked != LedgerItem.noDay
    return isKnown && item.closed != LedgerItem.noDay && item.rechecked >= item.closed
      ? item.rechecked : LedgerItem.noDay
  }

  /// Raised by the end of the day, and not closed, or opened again.
  func isOpen(on day: Int32) -> Bool {
    item.raised <= day && (item.closed > day || reopened <= day)
  }

  /// The deadline that held on a day. A postponement holds from the day on which it was decided; where
  /// that is not stated, from the first deadline on, the last day on which it could be asked for.
  func due(on day: Int32) -> Int32 {
    guard entry.postponedTo != LedgerItem.noDay else { return item.due }
    return postponed <= day ? entry.postponedTo : item.due
  }

  /// The day from which the postponed deadline holds; `LedgerItem.noDay` where nothing was postponed.
  var postponed: Int32 {
    guard entry.postponedTo != LedgerItem.noDay else { return LedgerItem.noDay }
    if entry.postponedOn != LedgerItem.noDay { return entry.postponedOn }
    return item.due == LedgerItem.noDay ? item.raised : item.due
  }

  /// The colour of an open item's notice.
  func notice(on day: Int32, soon: Int) -> Notice {
    let due = due(on: day)
    if due == LedgerItem.noDay { return .onTime }
    if due < day { return .overdue }
    return Int(due) - Int(day) <= soon ? .dueSoon : .onTime
  }

  /// Days from the first raising; opening again does not make an item young.
  func age(on day: Int32) -> Int { Int(day) - Int(item.raised) }
}

/// The three colours of the notice about an open item (三色督办).
public enum Notice: Int, Sendable, CaseIterable {
  /// Red: the deadline has passed.
  case overdue
  /// Yellow: the deadline is near.
  case dueSoon
  /// Green: there is time, or no deadline.
  case onTime
}
