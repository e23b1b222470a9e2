/// The forms that the history has had. A database is brought from its form to the present one step by
/// step, all in one transaction; steps are added and never changed.
enum Migration {
  /// `HALF` in ASCII, so that another program's database is told from ours.
  static let applicationId = 0x4841_4C46
  static var current: Int { steps.count }

  /// Figures are kept series by series (one metric, period, month and scope) and only where they have
  /// changed since the run before: what a series was in a run is what it was last stored as.
  static let steps = [
    """
    CREATE TABLE runs(
      id INTEGER PRIMARY KEY,
      command TEXT NOT NULL,
      period TEXT NOT NULL,
      as_of TEXT NOT NULL,
      program TEXT NOT NULL,
      settings TEXT NOT NULL,
      definitions TEXT NOT NULL,
      fingerprint TEXT NOT NULL,
      finished INTEGER NOT NULL,
      milliseconds INTEGER NOT NULL,
      exit_code INTEGER NOT NULL,
      message TEXT NOT NULL,
      rows_read INTEGER NOT NULL,
      rows_rejected INTEGER NOT NULL,
      warnings INTEGER NOT NULL,
      bytes INTEGER NOT NULL);
    CREATE INDEX runs_by_period ON runs(period, id);
    CREATE TABLE inputs(
      file TEXT NOT NULL,
      run INTEGER NOT NULL REFERENCES runs(id),
      sha256 TEXT NOT NULL,
      rows_read INTEGER NOT NULL,
      rows_accepted INTEGER NOT NULL,
      rows_rejected INTEGER NOT NULL,
      PRIMARY KEY(file, run)) WITHOUT ROWID;
    CREATE TABLE series(
      id INTEGER PRIMARY KEY,
      report TEXT NOT NULL,
      metric TEXT NOT NULL,
      period TEXT NOT NULL,
      month TEXT NOT NULL,
      scope TEXT NOT NULL,
      scale INTEGER NOT NULL,
      UNIQUE(report, metric, period, month, scope));
    CREATE TABLE members(
      id INTEGER PRIMARY KEY,
      list BLOB NOT NULL UNIQUE);
    CREATE TABLE figures(
      series INTEGER NOT NULL REFERENCES series(id),
      run INTEGER NOT NULL REFERENCES runs(id),
      members INTEGER REFERENCES members(id),
      numbers BLOB,
      PRIMARY KEY(series, run)) WITHOUT ROWID;
    CREATE TABLE findings(
      id INTEGER PRIMARY KEY,
      since INTEGER NOT NULL REFERENCES runs(id),
      gone INTEGER REFERENCES runs(id),
      severity TEXT NOT NULL,
      code TEXT NOT NULL,
      file TEXT NOT NULL,
      sheet TEXT NOT NULL,
      row INTEGER NOT NULL,
      column TEXT NOT NULL,
      value TEXT NOT NULL,
      detail TEXT NOT NULL);
    CREATE INDEX findings_present ON findings(file, row) WHERE gone IS NULL;
    CREATE TABLE rows(
      file TEXT NOT NULL,
      run INTEGER NOT NULL REFERENCES runs(id),
      digests BLOB NOT NULL,
      PRIMARY KEY(file, run)) WITHOUT ROWID;
    CREATE TABLE publications(
      id INTEGER PRIMARY KEY,
      period TEXT NOT NULL,
      run INTEGER NOT NULL REFERENCES runs(id),
      note TEXT NOT NULL);
    """
  ]
}
