import Testing

/// The line of modules, which is what keeps one step from knowing the others.
@Suite("Imports")
struct ImportTests {
  /// What each module may import. A module that is not here has no place in the line yet: give it one,
  /// and say so in the README's table.
  private static let allowed: [String: Set<String>] = [
    "Records": [],
    "Threading": [],
    "Statistics": [],
    "Workspace": ["Records", "CYAML"],
    "Reading": ["Records", "Workspace", "Threading", "CScan", "CCrypto", "CExpat", "CZlib"],
    "Checking": ["Records", "Workspace", "Reading", "Threading", "CScan"],
    "Counting": ["Records", "Workspace", "Threading", "Checking", "CScan"],
    "Comparing": ["Records", "Workspace", "Counting", "Statistics", "Threading"],
    "ReportModel": ["Records"],
    "Composing": [
      "Records", "Checking", "Counting", "Comparing", "Statistics", "ReportModel", "Threading",
    ],
    "Rendering": [
      "Records", "ReportModel", "Threading", "CXLSXWriter", "CParts", "CDeflate", "CZlib",
    ],
    "History": ["Records", "CSQLite"],
    "Generating": ["Records", "Workspace"],
    "halfyear": [
      "Records", "Threading", "Workspace", "Reading", "Checking", "Counting", "Comparing",
      "Statistics", "ReportModel", "Composing", "Rendering", "Generating", "History", "CFiles",
      "ArgumentParser",
    ],
  ]

  /// Parts of the language and the C library. Foundation is not among them: it takes longer to load than
  /// a small hospital takes to count.
  private static let system: [String: Set<String>] = [
    "Threading": ["Glibc", "Synchronization"], "Workspace": ["Glibc"],
    "Reading": ["Glibc", "Synchronization"],
    "Checking": ["Glibc", "Synchronization"], "Counting": ["Glibc", "Synchronization"],
    "Composing": ["Synchronization"], "Rendering": ["Glibc", "Synchronization"],
    "History": ["Glibc"], "Generating": ["Glibc"],
    "Statistics": ["Glibc", "Synchronization"], "halfyear": ["Glibc", "Synchronization"],
  ]

  @Test("Each module imports only what comes before it")
  func imports() throws {
    for file in try Project.swiftFiles(below: "Sources") {
      let module = String(file.prefix { $0 != "/" })
      let allowed = try #require(Self.allowed[module], "'\(module)' has no place in the line")
      let imported = try Self.imports(of: Project.text("Sources/\(file)"))
      let surplus = imported.subtracting(allowed).subtracting(Self.system[module] ?? [])
      #expect(surplus.isEmpty, "Sources/\(file) imports \(surplus.sorted())")
    }
  }

  @Test("No module is imported by one that it imports itself")
  func order() {
    for (module, imports) in Self.allowed {
      for imported in imports {
        #expect(Self.allowed[imported]?.contains(module) != true, "\(module) and \(imported)")
      }
    }
  }

  @Test("Import lines are read as they are written")
  func reading() {
    let text = """
      // import Comment
      import Plain
      public import Wide
      @preconcurrency internal import Attributed
      import struct Kind.Part
      let important = 1
      """
    #expect(Self.imports(of: text) == ["Plain", "Wide", "Attributed", "Kind"])
  }

  private static func imports(of text: String) -> Set<String> {
    let access = /(?:(?:public|package|internal|fileprivate|private) )?/
    let kind = /(?:(?:struct|class|enum|protocol|typealias|func|let|var) )?/
    let line = /^(?:@\S+ )*/
    var modules: Set<String> = []
    for var rest in text.split(separator: "\n") {
      rest.trimPrefix(line)
      rest.trimPrefix(access)
      guard rest.hasPrefix("import ") else { continue }
      rest.removeFirst("import ".count)
      rest.trimPrefix(kind)
      modules.insert(String(rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }))
    }
    return modules
  }
}
