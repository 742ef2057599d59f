// Whether this container takes work. A 403 counts as yes: then AI_MEMORY_ALLOWED_HOSTS is set and lacks 127.0.0.1, but the process answers.
const { TARGET, AI_MEMORY_BIND, AI_MEMORY_OPS_BIND } = process.env;
const bind = ['gateway', 'standalone'].includes(TARGET) ? AI_MEMORY_BIND : AI_MEMORY_OPS_BIND;
const answer = await fetch(`http://127.0.0.1:${bind.split(':').at(-1)}/readyz`, { signal: AbortSignal.timeout(4_000) }).catch(() => undefined);
process.exitCode = answer && answer.status < 500 ? 0 : 1;
