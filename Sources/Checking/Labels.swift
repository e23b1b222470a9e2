internal import Synchronization

/// The distinct values of one column, each with a small code; shared by the threads of a pass.
///
/// Codes are given in the order of arrival, which differs between runs: nothing of a result may depend
/// on them, only on the texts.
final class Labels: Sendable {
  /// More distinct values than this are not a classification; the rest are counted as not stated.
  static let limit = 1024

  private struct State {
    var codes: [String: Int32] = [:]
    var texts: [String] = []
  }
  private let state = Mutex(State())

  /// - Parameter known: values that get the first codes, in this order.
  init(known: [String] = []) {
    for text in known { _ = code(of: text) }
  }

  /// The code of a text, given now where it has none; nil where the column has too many values.
  func code(of text: String) -> Int32? {
    state.withLock { state in
      if let code = state.codes[text] { return code }
      guard state.texts.count < Labels.limit else { return nil }
      let code = Int32(state.texts.count)
      state.codes[text] = code
      state.texts.append(text)
      return code
    }
  }

  /// The texts by code.
  var texts: [String] { state.withLock { $0.texts } }
}

/// One thread's own view of a column's labels: known texts are found without taking the lock.
final class LabelCache {
  private let labels: Labels
  private let choices: [String: String]?
  private let isOpen: Bool
  private var known = HashedTexts()

  init(_ labels: Labels, choices: [String: String]?, isOpen: Bool) {
    self.labels = labels
    self.choices = choices
    self.isOpen = isOpen
  }

  func decode(_ cell: CellBytes) -> Int64 {
    let cell = cell.trimmed
    guard !cell.isEmpty else { return Decoded.absent }
    var code = known.find(cell)
    if code == IdentifierIndex.absent {
      code = learn(cell.text)
      _ = known.set(cell, to: code)
    }
    return code >= 0 ? Int64(code) : Decoded.unreadable
  }

  private func learn(_ text: String) -> Int32 {
    var meaning = text
    if let choices {
      guard let choice = choices[text.lowercased()] ?? (isOpen ? text : nil) else {
        return IdentifierIndex.rejected
      }
      meaning = choice
    }
    return labels.code(of: meaning) ?? IdentifierIndex.rejected
  }
}
