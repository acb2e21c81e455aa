#!/bin/sh
# Sets the passwords of the roles of sql/roles.sql when the database is created.
set -eu
for role in owner writer reader; do
  psql --quiet --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" \
    --set=role="job_audit_$role" --set=password="$(cat "/run/secrets/$role")" <<'SQL'
alter role :"role" password :'password';
SQL
done
