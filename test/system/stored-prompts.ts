import { expect } from 'vitest';
import type { Client } from './client.js';

/** The prompts of a session as they are stored, in order; where there are more than `countMax`, some of the others too. */
export async function storedPrompts(client: Client, sessionId: string, countMax: number): Promise<string[]> {
  const stored: string[] = [];
  while (stored.length <= countMax) {
    const answer = await client.get<{ observations: { body: string }[] }>(`/api/v1/sessions/${sessionId}/observations?limit=200&offset=${stored.length}&kinds=user-prompt`);
    expect(answer.status, answer.text).toBe(200);
    if (answer.json.observations.length === 0) break;
    stored.push(...answer.json.observations.map(({ body }) => body));
  }
  return stored;
}
