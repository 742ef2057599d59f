#!/bin/sh
# Makes what the services and their servers must know of each other, once, each in a file of ./secrets that is named as the setting is:
# for docker-compose.yml as they are, for Kubernetes by `kubectl create secret generic ai-memory --from-file=secrets`. Changes nothing that is there.
set -eu
mkdir -p -m 700 secrets
cd secrets

# A password begins with a letter: nats-server reads one that begins with a digit as a number.
password() { printf 'k%s' "$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')"; }
# Containers read them as users of their own; nobody else gets into the folder.
keep() { [ -e "$1" ] || { printf '%s' "$2" > "$1"; chmod 444 "$1"; }; }

for name in POSTGRES_PASSWORD SERVICE_PASSWORD NATS_PASSWORD AI_MEMORY_AUTH_TOKEN AI_MEMORY_SECRET_KEY GRAFANA_PASSWORD; do keep "$name" "$(password)"; done
keep DATABASE_URL "postgres://ai_memory_service:$(cat SERVICE_PASSWORD)@postgres:5432/ai_memory"
keep MIGRATE_DATABASE_URL "postgres://postgres:$(cat POSTGRES_PASSWORD)@postgres:5432/ai_memory"
keep BACKUP_DATABASE_URL "$(cat MIGRATE_DATABASE_URL)"
keep NATS_URL "nats://ai-memory:$(cat NATS_PASSWORD)@nats:4222"
echo "The secrets are in $(pwd); your token is in AI_MEMORY_AUTH_TOKEN."
