import Records
public import Workspace

/// Makes the input files of a hospital from a seed and a specification of totals.
///
/// The same specification, scale and seed give the same bytes: there is no clock and no hash order in
/// it. Two models exist: `hospital` makes every table of one plausible hospital, whose accepted rows
/// give the stated totals to the unit; `volume` makes five large tables quickly.
public struct Generator: Sendable {
  private let model: Model

  /// What can be asked for by name.
  private static let tables = Set(
    ["hospital", "departments", "staff"]
      + Source.standard.flatMap { [$0.records.file, $0.participation?.file].compactMap { $0 } })

  private enum Model: Sendable {
    case hospital(HospitalSpecification)
    case volume(VolumeSpecification)
  }

  /// What the caller asks for beside the specification.
  public struct Options: Sendable {
    /// Multiplies departments, staff, events, participations and items.
    public var scale: Int
    /// Replaces the specification's seed.
    public var seed: UInt64?
    /// The tables to write, as `training_attendance`, and `hospital` for `hospital.yaml`; empty for
    /// all.
    public var only: [String]
    /// Whether the rows of `training_attendance` are written in random order (model `volume`).
    public var shuffled: Bool

    public init(scale: Int = 1, seed: UInt64? = nil, only: [String] = [], shuffled: Bool = false) {
      self.scale = scale
      self.seed = seed
      self.only = only
      self.shuffled = shuffled
    }

    func includes(_ table: String) -> Bool { only.isEmpty || only.contains(table) }
  }

  /// - Throws: `YAMLError` where the specification lacks something, has an unknown key or a value of
  ///   the wrong kind.
  public init(specification: YAMLNode) throws(YAMLError) {
    let model = try specification.required("model")
    switch try model.text() {
    case "hospital": self.model = .hospital(try HospitalSpecification(specification))
    case "volume": self.model = .volume(try VolumeSpecification(specification))
    default: throw model.error("the model is 'hospital' or 'volume'")
    }
  }

  /// Reads the specification from a file.
  public init(path: String) throws(GenerateError) {
    let bytes = try readFile(path)
    do {
      try self.init(specification: YAMLNode.parse(bytes))
    } catch {
      throw .unusable(path: path, error)
    }
  }

  /// Writes `hospital.yaml` and the tables as CSV (UTF-8, LF) into a folder, which is made where it
  /// does not exist. Files of the same names are replaced.
  ///
  /// - Throws: `GenerateError.impossible` where totals contradict each other, `.cannotWrite`.
  /// - Complexity: O(rows). The model `hospital` keeps its rows in memory, `volume` does not, unless
  ///   shuffled (8 bytes a row).
  public func write(to folder: String, options: Options = Options()) throws(GenerateError) {
    guard (1...100_000).contains(options.scale) else {
      throw .impossible("the scale is a whole number from 1 to 100000")
    }
    if let stranger = options.only.first(where: { !Self.tables.contains($0) }) {
      throw .impossible("'\(stranger)' is no table")
    }
    try makeFolder(folder)
    switch model {
    case .hospital(let specification):
      try HospitalGenerator(specification, options: options).write(to: folder)
    case .volume(let specification):
      try VolumeGenerator(specification, options: options).write(to: folder)
    }
  }
}
