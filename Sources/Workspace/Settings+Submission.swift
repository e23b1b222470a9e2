extension Settings {
  /// What `submission` says: `{due_days: 5}`, the number of days behind a period's last day within which its
  /// files are to be there.
  mutating func readSubmission(_ node: YAMLNode) throws(YAMLError) {
    for entry in try SettingsReader.mapping(node) {
      switch entry.key {
      case "due_days":
        submissionDueDays = try SettingsReader.number(entry.value, in: 0...366)
      default: unused.append(("submission.\(entry.key)", entry.keyPlace))
      }
    }
  }
}
