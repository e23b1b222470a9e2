/// A structure that consists of nothing but numbers of one type, which are added one by one.
///
/// They are taken as the row of numbers that they are in memory, so that a further number is added as
/// soon as it is declared.
public protocol SummedNumbers: BitwiseCopyable {
  associatedtype Number: FixedWidthInteger & BitwiseCopyable
}

extension SummedNumbers {
  /// Adds number by number; a sum that does not fit ends the program.
  @inlinable
  public static func += (left: inout Self, right: Self) {
    precondition(MemoryLayout<Self>.size % MemoryLayout<Number>.stride == 0)
    withUnsafeMutableBytes(of: &left) { left in
      withUnsafeBytes(of: right) { right in
        for offset in stride(from: 0, to: left.count, by: MemoryLayout<Number>.stride) {
          let sum =
            left.load(fromByteOffset: offset, as: Number.self)
            + right.load(fromByteOffset: offset, as: Number.self)
          left.storeBytes(of: sum, toByteOffset: offset, as: Number.self)
        }
      }
    }
  }
}
