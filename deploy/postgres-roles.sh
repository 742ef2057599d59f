#!/bin/sh
# For the postgres image, which runs it once, on an empty data folder: the login of the services, which may act as
# ai_memory_app and as nothing else. Tables are made by the migrations, which log in as the owner.
: "${SERVICE_PASSWORD:=$(cat "${SERVICE_PASSWORD_FILE:-/dev/null}")}"
psql -v ON_ERROR_STOP=1 -v password="$SERVICE_PASSWORD" --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
CREATE ROLE ai_memory_app NOLOGIN NOSUPERUSER NOBYPASSRLS;
CREATE ROLE ai_memory_definer NOLOGIN NOSUPERUSER NOBYPASSRLS;
CREATE ROLE ai_memory_service LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD :'password' IN ROLE ai_memory_app;
SQL
