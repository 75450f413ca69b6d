#!/usr/bin/env bash
# Makes images under the names of the public ones that the Dockerfiles and the databases build on, from this machine's own packages and .NET, for machines on which no public
# image can be pulled. Only tests use them: what is under these names afterwards is not what the public ones hold.
set -euo pipefail
docker=${DOCKER:-docker}
images=(mcr.microsoft.com/dotnet/sdk:10.0 mcr.microsoft.com/dotnet/aspnet:10.0 postgres:17)
missing=0
for image in "${images[@]}"; do
  "$docker" image inspect "$image" >/dev/null 2>&1 || "$docker" pull -q "$image" >/dev/null 2>&1 || missing=1
done
[ "$missing" = 1 ] || exit 0

work=$(mktemp -d -p "$([ -w /dev/shm ] && echo /dev/shm || echo /tmp)")
trap 'rm -rf "$work"' EXIT
packages=ca-certificates,libicu72,libssl3,tzdata,libstdc++6,zlib1g,postgresql-15
mmdebstrap --quiet --variant=minbase --include="$packages" bookworm "$work/root.tar"
"$docker" import "$work/root.tar" platform-tests/debian:12 >/dev/null

sdk=$(dirname "$(readlink -f "$(command -v dotnet)")")
mkdir "$work/aspnet" "$work/sdk" "$work/postgres"
cp -a "$sdk"/{dotnet,host,shared} "$work/aspnet"
cp -a "$sdk"/{sdk,packs,sdk-manifests,templates} "$work/sdk" 2>/dev/null || true
cp /etc/ssl/certs/ca-certificates.crt "$work/aspnet"

cat >"$work/aspnet/Dockerfile" <<'END'
FROM platform-tests/debian:12
COPY ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY dotnet /usr/share/dotnet/dotnet
COPY host /usr/share/dotnet/host
COPY shared /usr/share/dotnet/shared
RUN ln -s /usr/share/dotnet/dotnet /usr/bin/dotnet && groupadd -g 1654 app && useradd -u 1654 -g 1654 -M app
ENV APP_UID=1654 ASPNETCORE_HTTP_PORTS=8080 DOTNET_RUNNING_IN_CONTAINER=true
END
cat >"$work/sdk/Dockerfile" <<'END'
FROM mcr.microsoft.com/dotnet/aspnet:10.0
COPY . /usr/share/dotnet/
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 NUGET_CERT_REVOCATION_MODE=offline
END
cat >"$work/postgres/Dockerfile" <<'END'
FROM platform-tests/debian:12
RUN usermod -u 999 postgres && groupmod -g 999 postgres && mkdir -p /var/lib/postgresql/data /var/run/postgresql && chown -R 999:999 /var/lib/postgresql /var/run/postgresql
COPY entrypoint /usr/local/bin/entrypoint
ENV PGDATA=/var/lib/postgresql/data PATH=/usr/lib/postgresql/15/bin:/usr/local/bin:/usr/bin:/bin
STOPSIGNAL SIGINT
EXPOSE 5432
ENTRYPOINT ["/usr/local/bin/entrypoint"]
CMD ["postgres"]
END
cat >"$work/postgres/entrypoint" <<'END'
#!/bin/sh
# As the public image: options alone are the server's, and an empty data folder is initialised from POSTGRES_USER, POSTGRES_PASSWORD and POSTGRES_DB.
set -eu
case "${1:-}" in -*|"") set -- postgres "$@" ;; esac
if [ "$(id -u)" = 0 ]; then
  mkdir -p "$PGDATA" && chown -R postgres "$PGDATA"
  exec setpriv --reuid=999 --regid=999 --clear-groups "$0" "$@"
fi
if [ "$1" = postgres ] && [ ! -s "$PGDATA/PG_VERSION" ]; then
  user=${POSTGRES_USER:-postgres}
  printf '%s\n' "$POSTGRES_PASSWORD" >/tmp/password
  initdb -D "$PGDATA" -U "$user" --pwfile=/tmp/password --auth-host=scram-sha-256 --auth-local=trust -E UTF8 --locale=C.UTF-8 >/dev/null
  rm /tmp/password
  echo "host all all all scram-sha-256" >>"$PGDATA/pg_hba.conf"
  pg_ctl -D "$PGDATA" -o "-c listen_addresses=" -w start >/dev/null
  [ "${POSTGRES_DB:-$user}" = postgres ] || createdb -U "$user" -h /var/run/postgresql --maintenance-db=postgres "${POSTGRES_DB:-$user}"
  pg_ctl -D "$PGDATA" -m fast -w stop >/dev/null
fi
exec "$@" -c listen_addresses='*'
END
chmod +x "$work/postgres/entrypoint"
"$docker" build -q -t mcr.microsoft.com/dotnet/aspnet:10.0 "$work/aspnet"
"$docker" build -q -t mcr.microsoft.com/dotnet/sdk:10.0 "$work/sdk"
"$docker" build -q -t postgres:17 "$work/postgres"
