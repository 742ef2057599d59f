import type { Client } from './client.js';

/** How many guesses the newest 200 entries of the log tell of, and how many entries those are. */
export async function auditedGuesses(admin: Client, more = ''): Promise<{ guesses: number; entries: number }> {
  const { entries } = (await admin.get<{ entries: { entry: { count: number } }[] }>(`/api/v1/audit?limit=200&action=signin.failed${more}`)).json;
  return { guesses: entries.reduce((sum, { entry }) => sum + entry.count, 0), entries: entries.length };
}

export function wrongGuesses(metrics: string, kind: string): number {
  return Number(new RegExp(`guesses_total\\{[^}]*kind="${kind}",outcome="wrong"[^}]*\\} (\\d+)`).exec(metrics)?.[1] ?? 0);
}

/** Does something so often, by number, so many at a time. */
export async function inParallel(times: number, atOnce: number, work: (each: number) => Promise<void>): Promise<void> {
  let next = 0;
  await Promise.all(Array.from({ length: atOnce }, async () => {
    while (next < times) await work(next++);
  }));
}
