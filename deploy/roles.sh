#!/bin/sh
# Makes the database and its two roles on a new server; run once, as its superuser.
# Passwords in DINGBIAN_OWNER_PASSWORD and DINGBIAN_APP_PASSWORD.
set -eu
psql --no-psqlrc --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres \
    --set owner_password="$DINGBIAN_OWNER_PASSWORD" \
    --set app_password="$DINGBIAN_APP_PASSWORD" <<'SQL'
CREATE ROLE dingbian_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE dingbian_app LOGIN PASSWORD :'app_password';
CREATE DATABASE dingbian OWNER dingbian_owner ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0;
SQL
