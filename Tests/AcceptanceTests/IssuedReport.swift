import Foundation

/// The files of a report that other programs read.
struct IssuedReport {
  /// The texts of a row of `statistics.csv`.
  struct StatisticsRow {
    let unit: String
    let value: String
    let numerator: String
    let denominator: String
  }

  /// A row of `findings.csv`.
  struct FindingsRow: Hashable {
    let severity: String
    let code: String
    let file: String
    let row: Int
  }

  struct Malformed: Error { let what: String }

  private(set) var statistics: [FigureKey: StatisticsRow] = [:]
  /// Keys that stand in more than one row.
  private(set) var repeatedKeys: [FigureKey] = []
  private(set) var findings: [FindingsRow] = []
  private(set) var tallies: [String: FileTally] = [:]
  private(set) var checksums: [String: String] = [:]

  static let names = [
    "half-year.xlsx", "index.html", "summary.zh.txt", "summary.en.txt", "statistics.csv",
    "findings.csv", "manifest.json",
  ]

  init(in folder: URL) throws {
    try readStatistics(folder.appending(path: "statistics.csv"))
    try readFindings(folder.appending(path: "findings.csv"))
    try readManifest(folder.appending(path: "manifest.json"))
  }

  private static func rows(_ url: URL, heading: String) throws -> [[String]] {
    let records = CSVText.records(of: CSVText.decoded(try Data(contentsOf: url)))
    guard records.first?.joined(separator: ",") == heading else {
      throw Malformed(what: "heading of \(url.lastPathComponent): \(records.first ?? [])")
    }
    let width = records[0].count
    if let odd = records.first(where: { $0.count != width }) {
      throw Malformed(what: "row of \(url.lastPathComponent): \(odd)")
    }
    return Array(records.dropFirst())
  }

  private mutating func readStatistics(_ url: URL) throws {
    let heading = "metric,unit,period,month,scope,member,value,numerator,denominator"
    for cells in try IssuedReport.rows(url, heading: heading) {
      let key = FigureKey(
        metric: cells[0], period: cells[2], month: cells[3], scope: cells[4], member: cells[5])
      if statistics[key] != nil { repeatedKeys.append(key) }
      statistics[key] = StatisticsRow(
        unit: cells[1], value: cells[6], numerator: cells[7], denominator: cells[8])
    }
  }

  private mutating func readFindings(_ url: URL) throws {
    let heading = "severity,code,file,sheet,row,column,value,message"
    findings = try IssuedReport.rows(url, heading: heading).map { cells in
      FindingsRow(severity: cells[0], code: cells[1], file: cells[2], row: Int(cells[4]) ?? 0)
    }
  }

  private mutating func readManifest(_ url: URL) throws {
    let json = try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any]
    guard let inputs = json?["inputs"] as? [[String: Any]] else {
      throw Malformed(what: "manifest.json has no list of inputs")
    }
    for input in inputs {
      guard let file = input["file"] as? String else { throw Malformed(what: "input without file") }
      checksums[file] = input["sha256"] as? String
      guard let read = input["rows_read"] as? Int, let accepted = input["rows_accepted"] as? Int,
        let rejected = input["rows_rejected"] as? Int
      else { continue }
      tallies[file] = FileTally(read: read, accepted: accepted, rejected: rejected)
    }
  }
}
