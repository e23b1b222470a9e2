import Comparing
import Records
import ReportModel

/// Where what the office has written belongs: to the part that its heading names, else to the whole.
extension Composer {
  /// The comments on an area, by its name or by its title in either language.
  func comments(on area: String) -> [Comment] {
    facts.comments.filter { isAbout($0, area) }.map { Comment(author: $0.author, text: $0.text) }
  }

  /// The comments on the whole, and those whose heading names nothing of this report, with that heading.
  var generalComments: [Comment] {
    let areas = ["staff", "volunteers"] + figures.sources.map(\.name)
    return facts.comments.filter { comment in !areas.contains { isAbout(comment, $0) } }.map {
      Comment(
        author: $0.author,
        text: $0.area.isEmpty ? $0.text : words("{1}：{2}", "{1}: {2}", $0.area, $0.text))
    }
  }

  private func isAbout(_ comment: OfficeComment, _ area: String) -> Bool {
    guard !comment.area.isEmpty else { return false }
    let source = figures.sources.first { $0.name == area }
    let names =
      [area, areaTitle(area)] + (source.map { [$0.title.chinese, $0.title.english] } ?? [])
    return names.contains { $0.lowercased() == comment.area.lowercased() }
  }
}
