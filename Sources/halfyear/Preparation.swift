import CFiles
import Rendering
import Threading

/// What a report will need later is made ready while its arguments and first files are read, when a second
/// processor has nothing to do yet.
///
/// Measured on a hospital's report of 33 ms, medians of many interleaved runs: the library for the workbook
/// loaded beside the run instead of at its start, 1.0 ms less; with the memory of the heap, 2.0 ms less. What
/// did not pay: to have the program's code read in beforehand, one heap for all threads, larger steps by
/// which the heaps of the other threads grow.
enum Preparation {
  /// The commands that write a workbook whenever they succeed. On most nights `nightly` has nothing new.
  private static let commands = ["report", "bulletin", "compare"]

  /// What the report of a hospital takes of the heap is 4.3 MB; more than is used would count as used.
  private static let heapSize = 4000 << 10

  /// Begins it, and does not wait. To be called before anything else is done.
  ///
  /// Nothing depends on it: a word that is taken for a command and is none costs another processor a
  /// millisecond. Where a number of threads is asked for there may be no other processor, so it is left out.
  static func begin(_ arguments: [String]) {
    guard arguments.count > 1, commands.contains(arguments[1]),
      !arguments.contains(where: { $0.hasPrefix("--jobs") })
    else { return }
    let room = files_make_room(heapSize)
    _ = Threads.start(
      ThreadBody {
        files_fill(room)
        WorkbookLibrary.prepare()
      })
  }
}
