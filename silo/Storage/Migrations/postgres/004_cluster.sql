-- Who is in the cluster. Every change advances the cluster's version by one and happens only against the version that its silo has read.
CREATE TABLE cluster_version (
    cluster_id text NOT NULL PRIMARY KEY,
    version integer NOT NULL
);

CREATE TABLE cluster_silo (
    cluster_id text NOT NULL REFERENCES cluster_version,
    address text NOT NULL,
    port integer NOT NULL,
    generation integer NOT NULL,
    silo_name text NOT NULL,
    host_name text NOT NULL,
    status integer NOT NULL,
    proxy_port integer NOT NULL,
    suspect_times text,
    start_time timestamptz NOT NULL,
    alive_time timestamptz NOT NULL,
    PRIMARY KEY (cluster_id, address, port, generation)
);

-- The statements that the ADO.NET clustering provider reads at start; names of parameters and columns are the provider's.
INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES ('InsertMembershipVersionKey', '
    WITH made AS (INSERT INTO cluster_version (cluster_id, version) VALUES (@DeploymentId, 0) ON CONFLICT DO NOTHING RETURNING version)
    SELECT count(*) = 1 FROM made');

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES ('InsertMembershipKey', '
    WITH advanced AS (
        UPDATE cluster_version SET version = version + 1
        WHERE cluster_id = @DeploymentId AND version = @Version AND NOT EXISTS (
            SELECT FROM cluster_silo
            WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
        RETURNING cluster_id),
    joined AS (
        INSERT INTO cluster_silo (cluster_id, address, port, generation, silo_name, host_name, status, proxy_port, start_time, alive_time)
        SELECT cluster_id, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
        FROM advanced
        RETURNING port)
    SELECT count(*) = 1 FROM joined');

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES ('UpdateMembershipKey', '
    WITH advanced AS (
        UPDATE cluster_version SET version = version + 1
        WHERE cluster_id = @DeploymentId AND version = @Version AND EXISTS (
            SELECT FROM cluster_silo
            WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
        RETURNING cluster_id),
    changed AS (
        UPDATE cluster_silo
        SET status = @Status, suspect_times = @SuspectTimes, alive_time = greatest(alive_time, @IAmAliveTime)
        FROM advanced
        WHERE cluster_silo.cluster_id = advanced.cluster_id AND address = @Address AND port = @Port AND generation = @Generation
        RETURNING port)
    SELECT count(*) = 1 FROM changed');

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES ('UpdateIAmAlivetimeKey', '
    UPDATE cluster_silo SET alive_time = greatest(alive_time, @IAmAliveTime)
    WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation');

-- A cluster without silos, and a silo that is not in it, still have the version to tell.
INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES ('MembershipReadRowKey', '
    SELECT v.cluster_id AS DeploymentId, s.address AS Address, s.port AS Port, s.generation AS Generation, s.silo_name AS SiloName,
        s.host_name AS HostName, s.status AS Status, s.proxy_port AS ProxyPort, s.suspect_times AS SuspectTimes, s.start_time AS StartTime,
        s.alive_time AS IAmAliveTime, v.version AS Version
    FROM cluster_version v
    LEFT JOIN cluster_silo s ON s.cluster_id = v.cluster_id AND s.address = @Address AND s.port = @Port AND s.generation = @Generation
    WHERE v.cluster_id = @DeploymentId');

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES ('MembershipReadAllKey', '
    SELECT v.cluster_id AS DeploymentId, s.address AS Address, s.port AS Port, s.generation AS Generation, s.silo_name AS SiloName,
        s.host_name AS HostName, s.status AS Status, s.proxy_port AS ProxyPort, s.suspect_times AS SuspectTimes, s.start_time AS StartTime,
        s.alive_time AS IAmAliveTime, v.version AS Version
    FROM cluster_version v
    LEFT JOIN cluster_silo s ON s.cluster_id = v.cluster_id
    WHERE v.cluster_id = @DeploymentId');

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES ('GatewaysQueryKey', '
    SELECT address AS Address, proxy_port AS ProxyPort, generation AS Generation
    FROM cluster_silo
    WHERE cluster_id = @DeploymentId AND status = @Status AND proxy_port > 0');

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES ('DeleteMembershipTableEntriesKey', '
    WITH left_behind AS (DELETE FROM cluster_silo WHERE cluster_id = @DeploymentId)
    DELETE FROM cluster_version WHERE cluster_id = @DeploymentId');

-- Status 6 is dead.
INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES ('CleanupDefunctSiloEntriesKey', '
    DELETE FROM cluster_silo
    WHERE cluster_id = @DeploymentId AND status = 6 AND alive_time < @IAmAliveTime AND start_time < @IAmAliveTime');

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES ('CleanupDefunctSiloEntryKey', '
    DELETE FROM cluster_silo
    WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation AND status = 6
        AND alive_time = @IAmAliveTime AND start_time = @StartTime AND coalesce(suspect_times, '''') = coalesce(@SuspectTimes, '''')');
