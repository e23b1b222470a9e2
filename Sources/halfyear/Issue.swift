import Checking
import Comparing
import Counting
import History
import Records
import Rendering
import ReportModel
import Workspace

/// The issuing of a report, from the lock of its folder to the history: what `report`, `publish` and the
/// nightly run have in common.
struct Issue {
  enum Command: String {
    case report, publish, nightly
  }

  let workspace: Workspace
  let period: Period
  let asOf: Day?
  let output: String
  let command: Command
  let jobs: Int
  let log: Log
  /// People who have not reached a target of each person are listed by name.
  var named = false
  var profile = WorkbookProfile.office
  /// Each sentence of the text names the cells that its figures stand in.
  var cites = false
  /// A night reads every file, also those that are known to be what they were.
  var isAfresh = false
  /// Which departments figures are told of, where that is not what the settings say.
  var departmentView: DepartmentView?

  /// What came of it.
  struct Outcome {
    let results: Results
    let paths: [String]
    /// The main figures, for a terminal.
    let keyFigures: Table
    /// What differs from the report before; nil where nobody asked, or the history cannot tell.
    let changes: ChangeReport?
    /// Why the history could not be used, although the report is issued.
    let failure: Refusal?
  }

  /// Issues the report.
  ///
  /// - Parameters:
  ///   - started: when the run began (`Clock.steadyMilliseconds`).
  ///   - note: why published figures are revised, where the report is to be published.
  /// - Throws: `Refusal`; the report that was there before stays.
  func run(
    strict: Bool = false, started: Int = Clock.steadyMilliseconds, note: String = ""
  ) throws(Refusal) -> Outcome {
    try locked(started: started) { folder, memory throws(Refusal) in
      try issue(to: folder, memory, strict: strict, note: note)
    }
  }

  /// Runs a body with the workspace's reports locked; why it is refused is kept in the history.
  func locked<Ending>(
    started: Int, _ body: (OutputFolder, Memory) throws(Refusal) -> Ending
  ) throws(Refusal) -> Ending {
    let folder = try OutputFolder(root: output, workspace: workspace.name, period: "\(period)")
    // The lock is the folder's: it must not end with the last file written.
    defer { withExtendedLifetime(folder) {} }
    let memory = Memory(self, started: started)
    do throws(Refusal) {
      return try body(folder, memory)
    } catch {
      log.endProgress()
      memory.keep(error)
      throw error
    }
  }

  func issue(
    to folder: OutputFolder, _ memory: Memory, strict: Bool, note: String
  ) throws(Refusal) -> Outcome {
    if command == .nightly { try refuseVanished(folder) }
    if command == .publish, let failure = memory.failure { throw failure }
    let tracer = (command == .nightly || memory.comparesRows) && isSmall ? RowTracer() : nil
    let summaries = recollection
    for file in workspace.commentFiles(on: period) { summaries?.willRead(file) }
    let pipeline = Pipeline(
      workspace: workspace, period: period, asOf: asOf, jobs: jobs, log: log, profile: profile,
      cites: cites, tracer: tracer,
      purpose: named ? .namedReport : .report, departmentView: departmentView)
    var results = try pipeline.results(strict: strict, memory: summaries)
    let rows = tracer.map { RowDigests($0, results).all(workspace.settings.sources) } ?? [:]
    let revisions = memory.revisions(of: results, rows)
    if command == .publish { try memory.refuseSilentRevision(revisions, note: note) }
    var changes: ChangeReport?
    if command == .nightly {
      changes = memory.changes(to: results, rows)
      try changes?.write(to: folder, workspace.settings.language)
      if let tracer {
        try Notices(results, tracer, workspace.settings.sources).write(to: folder)
      }
    }
    if let revisions {
      try revisions.write(to: folder, workspace.settings.language)
      results.revised = revisions.revised
    }
    if workspace.settings.hasDepartmentPacks {
      log.step(.departments, "writing the departments' reports")
      try DepartmentIssue(pipeline: pipeline, results: results).write(
        to: folder, below: "\(DepartmentIssue.folderName)/")
    }
    let issued = try pipeline.issue(results, to: folder)
    log.endProgress()
    memory.keep(results, rows, base: changes?.base?.number, bytes: Directory.size(of: issued.paths))
    if command == .publish { try memory.publish(note: note) }
    if let summaries {
      for (file, sha256) in results.commentDigests { summaries.didRead(file, sha256: sha256) }
      keep(summaries, LastNight(memory.run, results, changes, issued.paths, in: folder))
    }
    return Outcome(
      results: results, paths: told(issued.paths, of: folder), keyFigures: issued.keyFigures,
      changes: changes, failure: memory.failure)
  }

  /// Of the departments' packs, hundreds of files, the folder alone is told.
  private func told(_ paths: [String], of folder: OutputFolder) -> [String] {
    let packs = "\(folder.path)/\(DepartmentIssue.folderName)/"
    let others = paths.filter { !$0.hasPrefix(packs) }
    return others.count == paths.count ? paths : others + [packs]
  }

  /// Without anything kept, a report that keeps nothing itself has no use for it.
  private var recollection: Summaries? {
    guard command != .nightly else { return summaries(.byTimes) }
    return summaries(.byBytes).flatMap { $0.isEmpty ? nil : $0 }
  }

  func summaries(_ trust: Summaries.Trust) -> Summaries? {
    Summaries(workspace, in: "\(output)/\(workspace.name)", trust, isAfresh: isAfresh)
  }

  /// Comes last: what it writes spares the next night some work, and no report waits for it.
  private func keep(_ summaries: Summaries, _ night: LastNight?) {
    let language = workspace.settings.language
    if !summaries.damaged.isEmpty {
      let names = summaries.damaged.sorted().joined(separator: ", ")
      let warning = Bilingual(
        zh: "\(summaries.folder)：保留的摘要已损坏（\(names)），所属文件已重新读取，报告不受影响",
        en:
          "\(summaries.folder): summaries are damaged (\(names)); their files have been read anew, "
          + "and the report is what it would be without them")
      log.message(warning[language], level: .warning)
    }
    guard command == .nightly else { return }
    do throws(OutputError) {
      try summaries.save()
      if let night, let key = summaries.nightKey(of: self) {
        try summaries.keep(night.bytes, named: LastNight.file, key: key)
      }
    } catch {
      let warning = Bilingual(
        zh: "\(error.path)：\(error.reason)；摘要未能保留，下一夜将重新读取全部文件，本次报告不受影响",
        en:
          "\(error.path): \(error.reason); the summaries are not kept, and the next night reads all "
          + "files again; this report is not affected")
      log.message(warning[language], level: .warning)
    }
  }

  /// An input that the present report was made from and that is not there any more has been mislaid, or a
  /// share is not mounted: nobody wants a report without it, and nobody is there to ask.
  private func refuseVanished(_ folder: OutputFolder) throws(Refusal) {
    let gone = Manifest.inputs(in: folder.path).filter {
      !Directory.exists(workspace.path(of: $0))
    }
    guard gone.isEmpty else { throw .vanished(files: gone) }
  }

  /// Rows are compared one by one in memory, some 200 bytes each: of more than a group of hospitals has in
  /// half a year, only that the files have changed is told.
  private var isSmall: Bool {
    let tables = workspace.settings.sources.flatMap { [$0.records, $0.participation] }
    let sizes = (tables + [TableSchema.departments, .staff]).map { table in
      table.map(workspace.byteCount) ?? 0
    }
    return sizes.reduce(0, +) <= Issue.mostBytesToCompare
  }

  private static let mostBytesToCompare = 64 << 20
}
