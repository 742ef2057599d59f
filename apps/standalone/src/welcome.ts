import type { Foundation, Say } from './foundation.js';

const POLL_MS = 50;
const READY_TIMEOUT_MS = 120_000;

/** Resolves when `/readyz` answers 200, or 403: then AI_MEMORY_ALLOWED_HOSTS has other names than the address we ask at, but the door is open. */
export async function untilReady(url: string): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok || answer?.status === 403) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error(`Not ready after ${READY_TIMEOUT_MS / 1_000} seconds. The log above says why.`);
}

/** What a person who has just started it needs to know, and to type next. */
export function welcome(say: Say, url: string, { dataDir, owner }: Foundation): void {
  say(`data     ${dataDir}`);
  say(owner.isNew ? `token    ${owner.token}   (shown once; kept in ${owner.path})` : `token    in ${owner.path}`);
  say(`web      ${url}`);
  say(`MCP      ${url}/mcp`);
  say('next     wire an agent, for instance Claude Code:');
  say(`         claude mcp add --transport http ai-memory ${url}/mcp --header "Authorization: Bearer $(cat ${owner.path})"`);
  process.stdout.write(`ai-memory is ready at ${url}\n`);
}
