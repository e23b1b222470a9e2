import Foundation

/// A folder that belongs to one test and goes with it.
final class Playground {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "halfyear-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// A copy of what a reader of the README has: the Makefile, the data set and the built program. There
  /// are no sources in it, so `make` takes the program as it is.
  static func checkout() throws -> Playground {
    let copy = try Playground()
    let files = FileManager.default
    for folder in ["datasets", ".build/release"] {
      try files.createDirectory(
        at: copy.url.appending(path: folder), withIntermediateDirectories: true)
    }
    for path in ["Makefile", "datasets/shiyan-2023"] {
      try files.copyItem(
        at: Project.root.appending(path: path), to: copy.url.appending(path: path))
    }
    try files.createSymbolicLink(
      at: copy.url.appending(path: ".build/release/halfyear"),
      withDestinationURL: Project.program())
    return copy
  }
}
