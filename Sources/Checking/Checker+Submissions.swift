internal import Glibc
internal import Reading
internal import Records
internal import Workspace

extension Checker {
  /// A file of the same table read before that has the same bytes; nil where there is none.
  ///
  /// - Complexity: files are read only where another one is as long.
  func twin(of file: String, among known: inout [(file: String, size: Int)]) -> String? {
    var status = stat()
    guard stat(workspace.path(of: file), &status) == 0 else { return nil }
    let size = Int(status.st_size)
    defer { known.append((file, size)) }
    let candidates = known.filter { $0.size == size }
    guard !candidates.isEmpty, let own = digest(of: file) else { return nil }
    return candidates.first { digest(of: $0.file) == own }?.file
  }

  private func digest(of file: String) -> String? {
    if let known = memory?.digest(of: file) { return known }
    memory?.willRead(file)
    do throws(ReadingError) {
      let digest = try InputFile.sha256(of: workspace.path(of: file))
      memory?.didRead(file, sha256: digest)
      return digest
    } catch {
      return nil
    }
  }

  /// Warns where most ids of a file stand in an earlier file of the same table, as they do when a
  /// corrected file lies beside the one it corrects, and where the ids are running numbers, which begin
  /// anew in every file and sheet.
  func corrections(
    _ part: TablePart, _ decoders: [TableDecoder], _ pass: TablePass
  ) -> [Finding] {
    let rows = decoders.reduce(0) { $0 + $1.rowsRead }
    var repeated: [Int: Int] = [:]
    for decoder in decoders { repeated.merge(decoder.repeatedFrom, uniquingKeysWith: +) }
    return repeated.sorted { $0.key < $1.key }.compactMap { number, count in
      guard pass.parts.indices.contains(number), number != part.number, count >= 2,
        count * 2 >= rows
      else { return nil }
      let place = SourceLocation(file: part.file, sheet: part.heading.place.sheet)
      let earlier = pass.parts[number].file
      if part.heading.hasRunningNumbers {
        let sheet = pass.parts[number].heading.place.sheet
        let name = earlier == part.file ? sheet : earlier
        return Finding(.runningNumbers, at: place, detail: "\(count); \(name)")
      }
      guard earlier != part.file else { return nil }
      let newer = FileAge.newer(earlier, part.file)
      return Finding(
        .correctedFile, at: place,
        detail: ["\(count)", earlier, newer].compactMap { $0 }.joined(separator: "; "))
    }
  }
}

/// Tells which of two files looks newer, by their names alone: times on a disk change with every copy.
enum FileAge {
  private static let marks = [
    "更正", "修订", "修改", "订正", "改正", "补正", "最新", "新版", "新", "corrected", "revised", "new",
  ]

  /// The one that looks newer; nil where the names do not tell.
  static func newer(_ first: String, _ second: String) -> String? {
    let ages = (age(first), age(second))
    if ages.0.isMarked != ages.1.isMarked { return ages.0.isMarked ? first : second }
    // Copies and versions are numbered behind the same name: 内科(2), 内科_v3, 内科20230630.
    guard ages.0.numbers != ages.1.numbers else { return nil }
    return ages.0.numbers.lexicographicallyPrecedes(ages.1.numbers) ? second : first
  }

  private static func age(_ file: String) -> (isMarked: Bool, numbers: [Int]) {
    let name = (file.split(separator: "/").last ?? "").split(separator: ".").dropLast().joined()
      .lowercased()
    let digits = name.split { !("0"..."9").contains($0) }.compactMap { Int($0) }
    return (marks.contains { name.contains($0) }, digits)
  }
}
