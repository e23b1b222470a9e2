internal import Glibc

// The five functions of minizip by which libxlsxwriter packs a workbook. A program's own functions come
// before those of the libraries that it loads, so libxlsxwriter calls these; where it was built with
// minizip inside, it calls its own, and all that is lost is that packing goes on beside the rest.

private let ok: Int32 = 0
private let failed: Int32 = -1

/// Begins an archive; `append` is never asked for.
@c(zipOpen)
public func zipOpen(
  _ path: UnsafePointer<CChar>?, _ append: Int32
) -> UnsafeMutableRawPointer? {
  guard let path, append == 0, let packer = PartPackers.open(String(cString: path)) else {
    return nil
  }
  return Unmanaged.passUnretained(packer).toOpaque()
}

/// Begins a part. How it is packed, and of which day it is, is the same for all workbooks.
@c(zipOpenNewFileInZip4_64)
public func zipOpenNewFile(
  _ file: UnsafeMutableRawPointer?, _ name: UnsafePointer<CChar>?, _ facts: UnsafeRawPointer?,
  _ localExtra: UnsafeRawPointer?, _ localExtraSize: UInt32, _ extra: UnsafeRawPointer?,
  _ extraSize: UInt32, _ comment: UnsafePointer<CChar>?, _ method: Int32, _ level: Int32,
  _ isRaw: Int32, _ windowBits: Int32, _ memoryLevel: Int32, _ strategy: Int32,
  _ password: UnsafePointer<CChar>?, _ cryptChecksum: UInt, _ madeBy: UInt, _ flags: UInt,
  _ zip64: Int32
) -> Int32 {
  guard let file, let name else { return failed }
  packer(file).begin(Array(UnsafeRawBufferPointer(start: name, count: strlen(name))))
  return ok
}

@c(zipWriteInFileInZip)
public func zipWriteInFileInZip(
  _ file: UnsafeMutableRawPointer?, _ bytes: UnsafeRawPointer?, _ count: UInt32
) -> Int32 {
  guard let file else { return failed }
  let piece = UnsafeRawBufferPointer(start: bytes, count: bytes == nil ? 0 : Int(count))
  return packer(file).append(piece.assumingMemoryBound(to: UInt8.self)) ? ok : failed
}

@c(zipCloseFileInZip)
public func zipCloseFileInZip(_ file: UnsafeMutableRawPointer?) -> Int32 {
  guard let file else { return failed }
  packer(file).end()
  return ok
}

@c(zipClose)
public func zipClose(
  _ file: UnsafeMutableRawPointer?, _ comment: UnsafePointer<CChar>?
) -> Int32 {
  guard let file else { return failed }
  return PartPackers.finish(packer(file)) ? ok : failed
}

/// The packer that `zipOpen` has returned; `PartPackers` keeps it alive.
private func packer(_ file: UnsafeMutableRawPointer) -> PartPacker {
  Unmanaged<PartPacker>.fromOpaque(file).takeUnretainedValue()
}
