CREATE TABLE ledger_lane (
    lane integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    started_at bigint NOT NULL
);

CREATE TABLE ledger_batch (
    lane integer NOT NULL REFERENCES ledger_lane,
    batch bigint NOT NULL,
    entries integer NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (lane, batch)
);

-- Times are microseconds since 1970 (UTC): exactly what is hashed. The primary key is the fence: one successor for every entry.
CREATE TABLE ledger (
    subject text COLLATE "C" NOT NULL,
    seq bigint NOT NULL,
    entry_id bytea NOT NULL,
    kind text NOT NULL,
    at bigint NOT NULL,
    tag text NOT NULL,
    body text NOT NULL,
    prev_hash bytea NOT NULL,
    hash bytea NOT NULL,
    lane integer NOT NULL,
    batch bigint NOT NULL,
    PRIMARY KEY (subject, seq)
);

CREATE UNIQUE INDEX ledger_entry_id ON ledger (entry_id);
