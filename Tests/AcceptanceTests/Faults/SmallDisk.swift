import Foundation

/// A file system of its own in place of a folder, with so much room left; unmounted with the value.
final class SmallDisk: Sendable {
  private let folder: URL

  /// Mounting is for administrators.
  static let isPossible: Bool = {
    guard let folder = try? PrivateFolder(), let inner = try? folder.folder("disk") else {
      return false
    }
    return (try? SmallDisk(in: inner, free: 64)) != nil
  }()

  struct Refused: Error { let reason: String }

  /// - Parameter free: the room left beside what the folder holds, in KiB.
  init(in folder: URL, free: Int) throws {
    self.folder = folder
    try Self.shell(
      """
      mv "$0" "$0.kept"
      mkdir "$0"
      mount -t tmpfs -o size=64m,nr_inodes=4096 tmpfs "$0"
      cp -a "$0.kept/." "$0"
      used=$(df --output=used -k "$0" | tail -n 1)
      mount -o "remount,size=$((used + \(free)))k" "$0"
      """, folder)
  }

  func enlarge() throws { try Self.shell("mount -o remount,size=64m \"$0\"", folder) }

  deinit { try? Self.shell("umount -l \"$0\"", folder) }

  private static func shell(_ command: String, _ folder: URL) throws {
    let run = try WrappedRun(
      ["/bin/sh", "-ec", command, folder.path], in: folder.deletingLastPathComponent(),
      environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"])
    guard run.exitCode == 0 else { throw Refused(reason: run.errors) }
  }
}
