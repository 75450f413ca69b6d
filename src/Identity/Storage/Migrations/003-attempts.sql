-- Attempts to prove something, by what they are limited by. The key is an HMAC, so that no number or address lies here.
CREATE TABLE attempts (
    key text NOT NULL PRIMARY KEY,
    count bigint NOT NULL,
    next_at bigint NOT NULL,
    forget_at bigint NOT NULL
);
CREATE INDEX attempts_forget_at ON attempts (forget_at);
