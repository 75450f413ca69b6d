-- Authorization requests that wait for a person. Handle and browser are kept as digests, the content is encrypted with the key ring.
CREATE TABLE interactions (
    handle_digest text NOT NULL PRIMARY KEY,
    browser_digest text NOT NULL,
    content text NOT NULL,
    version bigint NOT NULL,
    expires_at bigint NOT NULL
);
CREATE INDEX interactions_expires_at ON interactions (expires_at);

-- Secrets that every instance shares and that never change, encrypted with the key ring.
CREATE TABLE secrets (
    name text NOT NULL PRIMARY KEY,
    protected_value text NOT NULL
);
