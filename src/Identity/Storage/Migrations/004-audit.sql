-- Acts of administration: who did what to which client or account. Kept; nothing here is a secret or a personal number.
CREATE TABLE audit_events (
    id text NOT NULL PRIMARY KEY,
    at bigint NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    target text NOT NULL,
    outcome text NOT NULL
);
CREATE INDEX audit_events_at ON audit_events (at, id);
