-- Bodies and records are compressed on every write; pglz takes the server several times as long over them as lz4. A server that was built without lz4 goes on with pglz.
-- What is stored already stays as it is and is read as ever.
DO $$
BEGIN
    ALTER TABLE ledger ALTER COLUMN body SET COMPRESSION lz4;
    ALTER TABLE grain_state ALTER COLUMN payload SET COMPRESSION lz4;
EXCEPTION
    WHEN feature_not_supported THEN
        RAISE NOTICE 'This server has no lz4; bodies and records stay compressed with pglz.';
END
$$;
