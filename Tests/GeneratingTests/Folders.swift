import Foundation
import Generating

/// The repository's folder, from the place of this file.
let repository = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// A folder of its own for a test, removed when the test is over.
final class PrivateFolder {
  let url = FileManager.default.temporaryDirectory
    .appendingPathComponent("generating-\(UUID().uuidString)")

  var path: String { url.path }

  deinit { try? FileManager.default.removeItem(at: url) }

  func bytes(_ file: String) throws -> Data {
    try Data(contentsOf: url.appendingPathComponent(file))
  }

  func files() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
  }

  func lines(_ file: String) throws -> [Substring] {
    String(decoding: try bytes(file), as: UTF8.self).split(separator: "\n")
  }
}

/// Generates one of the committed specifications.
func generate(
  _ specification: String, _ options: Generator.Options = .init()
) throws -> PrivateFolder {
  let folder = PrivateFolder()
  let path = repository.appendingPathComponent("datasets/\(specification)").path
  try Generator(path: path).write(to: folder.url.path, options: options)
  return folder
}
