import CParts
import CXLSXWriter
import Glibc
import Testing

@Suite("How workbooks' numbers and texts are printed")
struct PrintingTests {
  private enum Argument {
    case text(String)
    case whole(Int32)
    case number(Double)
  }

  /// Passes arguments as C does.
  private static func passing<Result>(
    _ arguments: [Argument], _ body: (CVaListPointer) -> Result
  ) -> Result {
    var copies: [UnsafeMutablePointer<CChar>] = []
    defer { for copy in copies { free(copy) } }
    let passed: [any CVarArg] = arguments.map { argument in
      switch argument {
      case .text(let text):
        copies.append(strdup(text))
        return copies[copies.count - 1]
      case .whole(let value): return value
      case .number(let value): return value
      }
    }
    return withVaList(passed, body)
  }

  private static func byLibrary(_ format: String, _ arguments: [Argument]) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 1024) { text in
      _ = passing(arguments) { vsnprintf(text.baseAddress!, text.count, format, $0) }
      return String(cString: text.baseAddress!)
    }
  }

  /// Nil where it is left to the C library.
  private static func byHand(_ format: String, _ arguments: [Argument]) -> String? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PRINTING_ROOM) + 1) { text in
      let length = passing(arguments) { printing_text(text.baseAddress!, format, $0) }
      guard length >= 0 else { return nil }
      text[Int(length)] = 0
      return String(cString: text.baseAddress!)
    }
  }

  /// Whether a number is printed as by the C library, or left to it where it has an exponent there.
  private static func isSame(_ value: Double) -> Bool {
    let expected = byLibrary("%.16G", [.number(value)])
    return byHand("%.16G", [.number(value)])
      == (expected.utf8.contains(UInt8(ascii: "E")) ? nil : expected)
  }

  @Test("Numbers are printed as the C library prints them, or left to it")
  func numbers() {
    var different: [Double] = []
    func check(_ value: Double) {
      if !Self.isSame(value) { different.append(value) }
      if !Self.isSame(-value) { different.append(-value) }
    }
    for value in [
      0, 0.1, 0.795, 9.7, 79.5, 1.0 / 3, 2.5, 1e15 + 0.5, 9_999_999_999_999_998, 1e16, 1e300,
    ] {
      check(value)
    }
    // About every power of ten, where the number of digits changes, and halves, which round to even.
    var power = 1e-6
    for _ in 0..<24 {
      var (below, above) = (power, power)
      for _ in 0..<20 {
        (below, above) = (below.nextDown, above.nextUp)
        check(below)
        check(above)
      }
      check(power)
      power *= 10
    }
    var bits: UInt64 = 1
    for number in 0..<40_000 {
      bits = bits &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let fraction = bits & (1 << 52 - 1)
      // From 2^-15 to 2^54, of which the least and the largest have an exponent.
      check(Double(bitPattern: UInt64(1008 + number % 70) << 52 | fraction))
      check(Double(bits >> 40) / Double(1 + bits % 997))
      check(Double(bits >> 34) / 10_000)
    }
    #expect(different.isEmpty, "\(different.prefix(5))")
    #expect(Self.byHand("%.16G", [.number(.infinity)]) == nil)
    #expect(Self.byHand("%.16G", [.number(.nan)]) == nil)
  }

  @Test("A format is filled in as the C library does, or left to it")
  func formats() {
    let cases: [(String, [Argument])] = [
      ("", []), ("<sheetData/>", []), ("100 %%", []), ("<v>%d</v>", [.whole(.min)]),
      ("%d:%d", [.whole(0), .whole(1_048_576)]), ("%u", [.whole(-1)]),
      ("<c r=\"%s\" s=\"%d\"><v>%.16G</v></c>", [.text("A1"), .whole(12), .number(0.25)]),
      (" %s=\"%s\"", [.text("name"), .text("科室")]), ("%s", [.text("")]),
    ]
    for (format, arguments) in cases {
      let expected = Self.byLibrary(format, arguments)
      #expect(Self.byHand(format, arguments) == expected)
    }
    for (format, arguments) in [
      ("%g", [.number(1.5)]), ("%06X", [.whole(255)]), ("%5d", [.whole(1)]), ("%", []),
      ("%.16", [.number(1.5)]),
    ] as [(String, [Argument])] {
      #expect(Self.byHand(format, arguments) == nil)
    }
  }

  @Test("What is longer than the room is left to the C library, and what just fits is not")
  func room() {
    let room = Int(PRINTING_ROOM)
    let text = String(repeating: "x", count: room)
    #expect(Self.byHand("%s", [.text(text)]) == text)
    #expect(Self.byHand("%s.", [.text(text)]) == nil)
    #expect(Self.byHand("%s", [.text(text + "x")]) == nil)
    #expect(Self.byHand(text + "x", []) == nil)
    let nearly = String(text.dropLast(Int(PRINTING_NUMBER_ROOM)))
    #expect(Self.byHand("%s%d", [.text(nearly), .whole(7)]) == nearly + "7")
    #expect(Self.byHand("%s%d", [.text(nearly + "x"), .whole(7)]) == nil)
  }

  @Test("Cells have the names that Excel gives them")
  func cells() {
    for (row, column, name) in [
      (0, 0, "A1"), (9, 25, "Z10"), (99, 26, "AA100"), (0, 701, "ZZ1"), (0, 702, "AAA1"),
      (1_048_575, 16_383, "XFD1048576"),
    ] {
      let found = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 14) { text in
        lxw_rowcol_to_cell(text.baseAddress, UInt32(row), UInt16(column))
        return String(cString: text.baseAddress!)
      }
      #expect(found == name)
    }
  }

  @Test("An attribute has its name and value, as far as there is room for them")
  func attributes() {
    func parts(_ attribute: UnsafeMutablePointer<xml_attribute>) -> [String] {
      defer { free(attribute) }
      return [
        withUnsafeBytes(of: &attribute.pointee.key) {
          String(cString: Array($0.bindMemory(to: CChar.self)))
        },
        withUnsafeBytes(of: &attribute.pointee.value) {
          String(cString: Array($0.bindMemory(to: CChar.self)))
        },
      ]
    }
    let long = String(repeating: "y", count: 3000)
    #expect(parts(lxw_new_attribute_str("spans", "1:7")) == ["spans", "1:7"])
    #expect(parts(lxw_new_attribute_str("k", long)) == ["k", String(long.prefix(2079))])
    #expect(parts(lxw_new_attribute_int("r", 61_000)) == ["r", "61000"])
    #expect(parts(lxw_new_attribute_int("x", UInt32(bitPattern: -3))) == ["x", "-3"])
    #expect(parts(lxw_new_attribute_dbl("ht", 16.5)) == ["ht", "16.5"])
    #expect(parts(lxw_new_attribute_dbl("ht", 1e20)) == ["ht", "1E+20"])
  }
}
