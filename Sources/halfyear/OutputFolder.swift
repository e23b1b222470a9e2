import Glibc
import Records
import Rendering
import ReportModel
import Synchronization

/// The folder of one report. Its files are written into a folder beside it, and at the end the two
/// change places in one step of the file system: whoever looks sees the whole old report or the whole
/// new one, whenever the run, the system or the machine may stop.
final class OutputFolder: Sendable {
  /// `DIR/<workspace>/<period>`.
  let path: String
  private let staging: Staging
  private let scratch: Scratch
  private let lock: Int32
  private let written = Mutex<Set<String>>([])
  /// The files that every report has, in the order in which they are told.
  private static let order = [
    "half-year.xlsx", "index.html", "summary.zh.txt", "summary.en.txt", "statistics.csv",
    "findings.csv",
    manifest,
  ]
  private static let manifest = "manifest.json"

  /// Makes the folders and takes the lock of the workspace's reports.
  ///
  /// - Throws: `Refusal.output` where the folders cannot be made, `.held` where another run is at work.
  init(root: String, workspace: String, period: String) throws(Refusal) {
    let parent = "\(root)/\(workspace)"
    path = "\(parent)/\(period)"
    do throws(OutputError) {
      try Directory.make(parent)
    } catch {
      throw .output(error)
    }
    // The folder itself is locked: a lock of the kernel leaves no file behind and ends with the process.
    lock = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard lock >= 0 else { throw .output(OutputError(path: parent, errno: errno)) }
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      let number = errno
      close(lock)
      throw number == EWOULDBLOCK
        ? .held(path: parent) : .output(OutputError(path: parent, errno: number))
    }
    do throws(OutputError) {
      Staging.clearLeftovers(in: parent)
      staging = try Staging(target: path)
      scratch = Scratch(parent: lock, otherwise: staging.path)
    } catch {
      close(lock)
      throw .output(error)
    }
  }

  deinit {
    staging.remove()
    scratch.remove()
    close(lock)
  }

  /// Writes one file of the report.
  ///
  /// - Parameters:
  ///   - name: any name that is not taken; folders in it are made, as in `departments/KS0001.txt`.
  ///   - body: gets the path to write to.
  func write(_ name: String, _ body: (String) throws(OutputError) -> Void) throws(Refusal) {
    do throws(OutputError) {
      let target = try staging.place(for: name)
      try body(target)
      note(name, target)
    } catch {
      throw .output(error)
    }
  }

  /// - Parameter places: Where the workbook has the tables, for sentences that are to say so.
  func writeSummary(_ report: Report, citing places: CellPlaces? = nil) throws(Refusal) {
    try writeText(report, name: "summary.\(report.language.rawValue).txt", citing: places)
  }

  func writeText(
    _ report: Report, name: String, citing places: CellPlaces? = nil
  ) throws(Refusal) {
    let text = TextRenderer(citing: places).render(report)
    try write(name) { path throws(OutputError) in
      try OutputFiles.write(text, to: path)
    }
  }

  /// - Parameter reports: the report in each of the page's languages, that of the hospital first.
  func writePage(_ reports: [Report]) throws(Refusal) {
    try write("index.html") { path throws(OutputError) in
      try WebPageRenderer().write(reports, to: path)
    }
  }

  @discardableResult
  func writeWorkbook(
    _ report: Report, as name: String = "half-year.xlsx", profile: WorkbookProfile = .office,
    jobs: Int = 1
  ) throws(Refusal) -> CellPlaces {
    let target: String
    do throws(OutputError) {
      target = try staging.place(for: name)
    } catch {
      throw .output(error)
    }
    do throws(WorkbookError) {
      let places = try WorkbookRenderer(profile: profile, jobs: jobs).write(
        report, to: target, temporaryFolder: scratch.path)
      note(name, target)
      return places
    } catch {
      throw .workbook(error)
    }
  }

  /// Writes the manifest, which names all other files, and puts everything in place; returns the paths
  /// of the files.
  func publish(_ manifest: ([String]) -> JSONText) throws(Refusal) -> [String] {
    let text = manifest(names + [OutputFolder.manifest])
    try write(OutputFolder.manifest) { path throws(OutputError) in
      try OutputFiles.write(text.bytes, to: path)
    }
    do throws(OutputError) {
      try staging.publish(
        files: names, replacing: OutputFolder.order + Manifest.outputs(in: path))
    } catch {
      throw .output(error)
    }
    return names.map { "\(path)/\($0)" }
  }

  private func note(_ name: String, _ target: String) {
    Directory.beginSync(target)
    _ = written.withLock { $0.insert(name) }
  }

  /// What has been written, in the order in which it is told: what every report has, then the rest.
  private var names: [String] {
    let written = written.withLock { $0 }
    let further = written.subtracting(OutputFolder.order)
    return OutputFolder.order.filter(written.contains)
      + further.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
