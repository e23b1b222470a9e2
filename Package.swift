// swift-tools-version: 6.3
import PackageDescription

/// The settings of every target: what the compiler can prove, it must.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
  // Exclusive access is proved at compile time wherever it can be; what is left are checks at run time
  // in loops over every row, which cost a twentieth of a run and have nothing to find in a program
  // whose threads share no mutable values. Debug builds, and so the tests, keep them.
  .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release)),
  // Each function in a section of its own, so that what nobody calls is left out.
  .unsafeFlags(["-Xfrontend", "-function-sections"], .when(configuration: .release)),
]

/// The fuzzer's inputs have wrong checksums; it is to get past them.
let isFuzzed = Context.environment["HALFYEAR_FUZZ"] != nil
let reading: [SwiftSetting] = isFuzzed ? strict + [.define("FUZZING")] : strict

/// A module of the line; its dependencies are exactly what it may import.
func step(
  _ name: String, _ dependencies: [Target.Dependency] = [], settings: [SwiftSetting] = strict,
  linkerSettings: [LinkerSetting] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, swiftSettings: settings, linkerSettings: linkerSettings)
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []
) -> Target {
  .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

let package = Package(
  name: "halfyear",
  products: [.executable(name: "halfyear", targets: ["halfyear"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .systemLibrary(name: "CYAML", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CCrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CDeflate", providers: [.apt(["libdeflate-dev"])]),
    .systemLibrary(name: "CExpat", providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .target(name: "CScan"),
    .target(name: "CXLSXWriter"),
    .target(name: "CFiles"),
    .target(name: "CParts"),

    step("Records"),
    step("Threading"),
    step(
      "Workspace", ["Records", "CYAML"],
      // From the static library, as the digest below.
      linkerSettings: [.unsafeFlags(["-Xlinker", "-l:libyaml.a"])]),
    step(
      "Reading", ["Records", "Workspace", "Threading", "CScan", "CCrypto", "CExpat", "CZlib"],
      settings: reading,
      // The digest and the XML parser from the static libraries: a start loads nothing that it does
      // not use.
      linkerSettings: [
        .unsafeFlags(["-Xlinker", "-l:libcrypto.a", "-Xlinker", "-l:libexpat.a"])
      ]),
    step("Checking", ["Records", "Workspace", "Reading", "Threading", "CScan"]),
    step("Counting", ["Records", "Workspace", "Threading", "Checking", "CScan"]),
    step("Statistics"),
    step("Comparing", ["Records", "Workspace", "Counting", "Statistics", "Threading"]),
    step("ReportModel", ["Records"]),
    step(
      "Composing",
      ["Records", "Checking", "Counting", "Comparing", "Statistics", "ReportModel", "Threading"]),
    step(
      "Rendering",
      ["Records", "ReportModel", "Threading", "CXLSXWriter", "CParts", "CDeflate", "CZlib"],
      // The deflater from the static library, as the digest; and what libxlsxwriter is to find in the
      // program when it is loaded, in the place of its own functions and those that it calls.
      linkerSettings: [
        .unsafeFlags(
          [
            "__fprintf_chk", "lxw_new_attribute_dbl", "lxw_new_attribute_int",
            "lxw_new_attribute_str", "lxw_rowcol_to_cell", "lxw_tmpfile", "zipOpen",
            "zipOpenNewFileInZip4_64", "zipWriteInFileInZip", "zipCloseFileInZip", "zipClose",
          ].flatMap { ["-Xlinker", "--export-dynamic-symbol", "-Xlinker", $0] }
            + ["-Xlinker", "-l:libdeflate.a"])
      ]),
    step(
      "History", ["Records", "CSQLite"],
      // From the static library, as the digest: a start without a history loads nothing of it.
      linkerSettings: [.unsafeFlags(["-Xlinker", "-l:libsqlite3.a", "-Xlinker", "-lm"])]),
    step("Generating", ["Records", "Workspace"]),
    .executableTarget(
      name: "halfyear",
      dependencies: [
        "Records", "Threading", "Workspace", "Reading", "Checking", "Counting", "Statistics",
        "Comparing",
        "ReportModel", "Composing", "Rendering", "History", "Generating",
        "CFiles",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      exclude: ["Linking"],
      swiftSettings: strict,
      // At a fixed address the 41,000 pointers of the program and its libraries need no mending at the
      // start: a megabyte and some milliseconds less. Libraries, heap and stack stay where chance puts
      // them.
      //
      // The C++ library that Swift's runtime needs is taken from its archive, where the Makefile has put a
      // link to it into this folder: a megabyte and a millisecond less than loading it at the start.
      //
      // The functions that a report runs through are laid side by side (Tests/Benchmark/order.py).
      linkerSettings: [
        .unsafeFlags(
          [
            "-Xclang-linker", "-no-pie", "-Xclang-linker", "-static-libgcc",
            "-L", Context.packageDirectory + "/.build/archives",
            "-Xlinker", "--no-export-dynamic",
            "-Xlinker", "--section-ordering-file",
            "-Xlinker", Context.packageDirectory + "/Sources/halfyear/Linking/functions.order",
          ], .when(configuration: .release))
      ]),

    tests("RecordsTests", ["Records"]),
    tests("WorkspaceTests", ["Workspace"]),
    // Makes the files that tests read.
    .target(
      name: "SheetBuilding", dependencies: ["CZlib"], path: "Tests/SheetBuilding",
      swiftSettings: strict),
    tests(
      "ReadingTests", ["Reading", "Records", "Threading", "CCrypto", "CScan", "SheetBuilding"]),
    tests("CheckingTests", ["Checking", "Reading", "Records", "Workspace", "SheetBuilding"]),
    tests("CountingTests", ["Counting", "Records"]),
    tests(
      "ComparingTests",
      ["Comparing", "Counting", "Checking", "Records", "Statistics", "Workspace"]),
    tests("HistoryTests", ["History", "Records"]),
    tests("StatisticsTests", ["Statistics"]),
    tests("AcceptanceTests", [], exclude: ["Golden"]),
    tests("ProjectTests", []),
    tests("ReportModelTests", ["Records", "ReportModel"]),
    tests("RenderingTests", ["Rendering", "ReportModel", "Records", "CXLSXWriter", "CParts"]),
    tests("GeneratingTests", ["Generating", "Workspace"]),
    tests(
      "ComposingTests",
      [
        "Checking", "Comparing", "Composing", "Counting", "Records", "Rendering", "ReportModel",
        "Workspace",
      ]),
  ],
  swiftLanguageModes: [.v6]
)

// The fuzzer has a `main` of its own and everything built for it, so it is no part of the package
// otherwise: `make fuzz`.
if isFuzzed {
  package.targets.append(
    .executableTarget(
      name: "ReaderFuzz", dependencies: ["Reading"], path: "Tests/Fuzz", exclude: ["Seeds"],
      swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])]))
}
