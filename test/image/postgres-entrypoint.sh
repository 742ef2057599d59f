#!/bin/sh
# What the postgres image does at its first start, as far as docker-compose.yml relies on it.
set -eu
export PGDATA=/var/lib/postgresql/data PATH="/usr/lib/postgresql/17/bin:$PATH" POSTGRES_USER=postgres
as_postgres() { setpriv --reuid postgres --regid postgres --clear-groups "$@"; }
install -d -o postgres -g postgres -m 0700 "$PGDATA"
install -d -o postgres -g postgres /var/run/postgresql
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  as_postgres initdb --username=postgres --pwfile="$POSTGRES_PASSWORD_FILE" --auth-local=trust --auth-host=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8
  echo 'host all all all scram-sha-256' >> "$PGDATA/pg_hba.conf"
  as_postgres pg_ctl --options='-c listen_addresses=' --wait start
  as_postgres createdb "$POSTGRES_DB"
  for script in /docker-entrypoint-initdb.d/*.sh; do as_postgres sh "$script"; done
  as_postgres pg_ctl --wait stop
fi
exec setpriv --reuid postgres --regid postgres --clear-groups postgres -c 'listen_addresses=*'
