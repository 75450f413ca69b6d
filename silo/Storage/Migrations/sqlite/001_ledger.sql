CREATE TABLE ledger_lane (
    lane INTEGER PRIMARY KEY,
    started_at INTEGER NOT NULL
);

CREATE TABLE ledger_batch (
    lane INTEGER NOT NULL REFERENCES ledger_lane,
    batch INTEGER NOT NULL,
    entries INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (lane, batch)
) WITHOUT ROWID;

-- Times are microseconds since 1970 (UTC): exactly what is hashed. The primary key is the fence: one successor for every entry.
CREATE TABLE ledger (
    subject TEXT NOT NULL,
    seq INTEGER NOT NULL,
    entry_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    tag TEXT NOT NULL,
    body TEXT NOT NULL,
    prev_hash BLOB NOT NULL,
    hash BLOB NOT NULL,
    lane INTEGER NOT NULL,
    batch INTEGER NOT NULL,
    PRIMARY KEY (subject, seq)
) WITHOUT ROWID;

CREATE UNIQUE INDEX ledger_entry_id ON ledger (entry_id);
