CREATE TABLE grain_state (
    service_id TEXT NOT NULL,
    grain_type TEXT NOT NULL,
    grain_key TEXT NOT NULL,
    version INTEGER NOT NULL,
    payload BLOB NOT NULL,
    PRIMARY KEY (service_id, grain_type, grain_key)
);

-- The statements that the ADO.NET grain storage provider reads at start. A write wins only over the version it has read.
-- The provider takes a key of twelve digits for a hexadecimal number and hands over only that number: written as twelve digits it is the key again.
CREATE TABLE OrleansQuery (
    QueryKey TEXT NOT NULL PRIMARY KEY,
    QueryText TEXT NOT NULL
);

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES ('ReadFromStorageKey', '
    SELECT payload AS PayloadBinary, version AS Version
    FROM grain_state
    WHERE service_id = @ServiceId AND grain_type = @GrainTypeString AND grain_key = printf(''%012x'', @GrainIdN1)');

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES ('WriteToStorageKey', '
    INSERT INTO grain_state (service_id, grain_type, grain_key, version, payload)
    VALUES (@ServiceId, @GrainTypeString, printf(''%012x'', @GrainIdN1), coalesce(@GrainStateVersion, 0) + 1, @PayloadBinary)
    ON CONFLICT (service_id, grain_type, grain_key) DO UPDATE
    SET payload = excluded.payload, version = grain_state.version + 1
    WHERE grain_state.version = @GrainStateVersion
    RETURNING version AS NewGrainStateVersion');

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES ('ClearStorageKey', '
    UPDATE grain_state
    SET payload = payload, version = version + 1
    WHERE service_id = @ServiceId AND grain_type = @GrainTypeString AND grain_key = printf(''%012x'', @GrainIdN1) AND version = @GrainStateVersion AND false
    RETURNING version AS NewGrainStateVersion');
