import Foundation
import Testing

/// What the README shows can be done, and what it says is so.
@Suite("README")
struct ReadmeTests {
  private let readme: Readme

  init() throws { readme = try Readme() }

  @Test("Every command that can be run as it stands succeeds, and says nothing odd")
  func commands() throws {
    let checkout = try Playground.checkout()
    #expect(readme.runnable.count >= 4)
    for block in readme.runnable {
      // What tests need is installed already: no test waits for a server of packages.
      let command = "set -e\nmake() { command make PACKAGES= \"$@\"; }\n\(block)"
      let run = try ShellRun(command, in: checkout.url)
      #expect(run.exitCode == 0, "\(block)\n\(run.errors)")
      #expect(run.errors.isEmpty, "\(block)\n\(run.errors)")
      #expect(!run.output.isEmpty, "\(block) prints nothing")
    }
  }

  @Test("`make half-year` prints what the README shows")
  func output() throws {
    let shown = try #require(readme.generated("output")).split(separator: "\n")
      .filter { $0 != "…" && !$0.hasPrefix("```") }
    #expect(shown.count > 8)
    let checkout = try Playground.checkout()
    let run = try ShellRun("make PACKAGES= half-year", in: checkout.url)
    var printed = run.output.split(separator: "\n")[...]
    for line in shown {
      let found = printed.firstIndex(of: line)
      #expect(found != nil, "not printed: '\(line)'; 'make readme' renews the README")
      if let found { printed = printed[(found + 1)...] }
    }
  }

  @Test(
    "The catalogues are those of the program",
    arguments: [("metrics", ""), ("findings", "--findings"), ("columns", "--columns")])
  func catalogue(name: String, option: String) throws {
    let run = try ShellRun(
      "'\(Project.program().path)' metrics \(option)", in: Project.root)
    #expect(run.exitCode == 0)
    let shown = try #require(readme.generated(name), "the markers of '\(name)' are missing")
    #expect(shown == run.output, "the README is stale: 'make readme' renews it")
  }

  @Test("The example of hospital.yaml is valid, and all of its keys are used")
  func settings() throws {
    let example = try #require(readme.blocks.first { $0.kind == "yaml" })
    let checkout = try Playground.checkout()
    try Data(example.lines.joined(separator: "\n").utf8)
      .write(to: checkout.url.appending(path: "datasets/shiyan-2023/hospital.yaml"))
    let run = try ShellRun("make PACKAGES= half-year", in: checkout.url)
    #expect(run.exitCode == 0 && run.errors.isEmpty, "\(run.errors)")
  }

  @Test("Every option and command of the program is named")
  func options() throws {
    let program = try Project.program().path
    let text = try Project.text("README.md")
    // What every command has, and the catalogue that `metrics` lists unless told otherwise.
    let common: Set<Substring> = ["--version", "--help", "--metrics"]
    for command in ["report", "check", "metrics", "generate"] {
      let help = try ShellRun("'\(program)' \(command) --help", in: Project.root).output
      let isNamed = text.contains("`halfyear \(command)")
      #expect(isNamed, "'\(command)' is not in the README")
      for match in help.matches(of: /\n  (--[a-z-]+)/) where !common.contains(match.output.1) {
        let isNamed = text.contains("`\(match.output.1)")
        #expect(isNamed, "\(command) \(match.output.1) is not in the README")
      }
    }
  }

  @Test("Every target of the Makefile is named, and knows what to do")
  func targets() throws {
    let text = try Project.text("README.md")
    let help = try ShellRun("make help", in: Project.root).output
    let targets = help.split(separator: "\n").compactMap { $0.split(separator: " ").first }
    #expect(targets.count > 8)
    for target in targets {
      let isNamed = text.contains("`make \(target)")
      #expect(isNamed, "'make \(target)' is not in the README")
      // Shows what would be done, and does nothing.
      let run = try ShellRun("make --dry-run \(target)", in: Project.root)
      #expect(run.exitCode == 0, "\(run.errors)")
    }
  }

  @Test("Links and pictures lead somewhere")
  func links() {
    for target in readme.targets where !target.hasPrefix("http") {
      if target.hasPrefix("#") {
        #expect(readme.anchors.contains(String(target.dropFirst())), "no heading for '\(target)'")
      } else {
        let path = Project.root.appending(path: target).path
        #expect(FileManager.default.fileExists(atPath: path), "no file '\(target)'")
      }
    }
  }
}
