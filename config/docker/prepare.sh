#!/bin/sh
# Makes the passwords of compose.yml and the directory of the reports, once, as root. Compose mounts a secret as the file that it
# is, so each container has its own copies, which only its user can read.
set -eu
umask 077
cd "$(dirname "$0")"
mkdir secrets
for role in postgres owner writer reader; do
  head -c 24 /dev/urandom | base64 | tr -d '\n' >"secrets/$role"
done
cp secrets/owner secrets/migrate
cp secrets/writer secrets/audit
chmod 0400 secrets/*
# 999 is the user of the image of PostgreSQL, 10001 that of job-audit.
chown 999 secrets/postgres secrets/owner secrets/writer secrets/reader
chown 10001 secrets/migrate secrets/audit
chmod 0711 secrets
mkdir -p ../../reports
chown 10001 ../../reports
