/// A table of numbers in one piece of memory, by unit and column, that grows no more.
///
/// - Note: the memory is not shared: each thread has its own grid, and grids are added at the end.
public final class Grid<Number: FixedWidthInteger & BitwiseCopyable & Sendable>:
  @unchecked Sendable
{
  public let units: Int
  public let columns: Int
  private let memory: ZeroedMemory<Number>
  let base: UnsafeMutablePointer<Number>

  init(units: Int, columns: Int) {
    self.units = units
    self.columns = columns
    memory = ZeroedMemory(count: units * columns, of: Number.self)
    base = memory.base
  }

  /// The columns of one unit.
  @inline(__always)
  func row(_ unit: Int) -> UnsafeMutablePointer<Number> { base + unit &* columns }

  public subscript(unit: Int, column: Int) -> Number { base[unit * columns + column] }

  /// Adds another grid of the same shape; nothing of a count is ever lost to overflow, which ends the
  /// program instead.
  func merge(_ other: Grid<Number>) {
    for at in 0..<units * columns { base[at] += other.base[at] }
  }
}
