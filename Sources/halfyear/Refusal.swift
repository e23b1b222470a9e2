import ArgumentParser
import Checking
import Comparing
import Composing
import Glibc
import History
import Reading
import Records
import Rendering
import Workspace

/// Why no report is issued. The previous one stays in place.
enum Refusal: Error {
  case usage(String)
  case workspace(WorkspaceError)
  case input(file: String, reason: String, isFault: Bool)
  case nothingToCount(Workspace)
  case unbalanced([Imbalance])
  case tooManyRejected(FileOutcome, limit: Int, [Finding])
  case strict(rejected: Int, [Finding])
  case output(OutputError)
  case workbook(WorkbookError)
  case held(path: String)
  case standardOutput(reason: String)
  case noWorkspaces(folder: String)
  /// Inputs of the report that stands there are not there any more.
  case vanished(files: [String])
  case history(HistoryError)
  case noHistory(path: String)

  static func input(_ workspace: Workspace, _ table: TableSchema, _ checker: Checker) -> Refusal {
    let file = workspace.file(of: table) ?? "\(table.file).csv"
    return .input(workspace, file, checker.unreadable.first { $0.file == file }?.error)
  }

  static func input(_ workspace: Workspace, _ file: String, _ error: ReadingError?) -> Refusal {
    .input(
      file: workspace.path(of: file), reason: error?.description ?? "no such file",
      isFault: error?.isFault ?? false)
  }

  var code: Int32 { exitCode.rawValue }

  /// As of sysexits.h.
  var exitCode: ExitCode {
    switch self {
    case .usage: return ExitCode(64)
    case .unbalanced, .tooManyRejected, .strict: return ExitCode(65)
    case .input(_, _, isFault: true): return ExitCode(74)
    case .input, .nothingToCount: return ExitCode(66)
    case .workspace(.missing), .noWorkspaces, .vanished, .noHistory: return ExitCode(66)
    case .history(.newer): return ExitCode(78)
    case .history: return ExitCode(74)
    case .workspace(.badSettings): return ExitCode(78)
    case .output(let error) where error.isFault: return ExitCode(74)
    case .standardOutput: return ExitCode(74)
    case .output, .workbook: return ExitCode(73)
    case .held: return ExitCode(75)
    }
  }

  /// What went wrong and what to do, for a person; the findings that led to it are told apart.
  var message: String {
    switch self {
    case .usage(let text): return text
    case .workspace(.missing(let path, let reason)):
      return "\(path): cannot be read: \(reason)"
    case .workspace(.badSettings(let path, let error)): return "\(path):\(error)"
    case .input(let file, let reason, _): return "\(file): cannot be read: \(reason)"
    case .nothingToCount(let workspace):
      return "\(workspace.path): there is no activity and no ledger to count; "
        + "put at least one in, as training_sessions.csv or issues.csv"
    case .unbalanced(let imbalances):
      let lines = imbalances.prefix(20).map {
        "  \($0.metric) \($0.period): \($0.rule.rawValue): \($0.expected) is not \($0.found)"
      }
      return "the figures do not balance, so no report is issued:\n"
        + lines.joined(separator: "\n")
    case .tooManyRejected(let outcome, let limit, _):
      return "\(outcome.file): \(outcome.rowsRejected) of \(outcome.rowsRead) rows are rejected, "
        + "more than \(limit) %, so no report is issued; 'halfyear check' lists them"
    case .strict(let rejected, _):
      return "\(rejected) rows are rejected, and with --strict none may be; "
        + "'halfyear check' lists them"
    case .output(let error): return "\(error.path): cannot be written: \(error.reason)"
    case .workbook(let error): return "the workbook cannot be written: \(error)"
    case .noWorkspaces(let folder):
      return "\(folder): there is no folder with a hospital.yaml in it; name the workspaces"
    case .vanished(let files):
      return "\(files.joined(separator: ", ")): in the report that stands there, and gone since; "
        + "put it back, or run 'halfyear report' once to go on without it"
    case .history(let error): return error.description
    case .noHistory(let path):
      return "\(path): there is no history; 'halfyear nightly' begins one"
    case .standardOutput(let reason): return "standard output cannot be written: \(reason)"
    case .held(let path): return "\(path): another run holds it; try again when that has ended"
    }
  }

  var findings: [Finding] {
    switch self {
    case .tooManyRejected(_, _, let findings), .strict(_, let findings): return findings
    default: return []
    }
  }
}

extension ReadingError {
  /// The system failed while it read, as a disk or a network does, or somebody wrote to the file at that
  /// moment; the file itself may be sound.
  var isFault: Bool {
    switch self {
    case .cannotRead, .changedWhileRead: return true
    case .cannotOpen(let number):
      return ![ENOENT, EACCES, EPERM, ENOTDIR, EISDIR, ELOOP, ENAMETOOLONG].contains(number)
    default: return false
    }
  }

  /// What a later run may not meet any more: no report is made of half the inputs for such a reason.
  var isPassing: Bool { isFault || self == .cannotOpen(errno: ENOENT) }
}
