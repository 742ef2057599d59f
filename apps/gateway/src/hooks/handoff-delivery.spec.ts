import { beforeEach, describe, expect, it } from 'vitest';
import { Bus, InProcessTransport } from '#libs/bus';
import { ClaimBriefing, ClaimHandoff, ClaimMessages, ListSlots, type RequestContract } from '#libs/contracts';
import { setLogLevel } from '#libs/telemetry';
import { scopeForTest } from '#libs/testing';
import type { ProjectResolver } from '../projects/project-resolver.service.js';
import { HandoffDelivery } from './handoff-delivery.service.js';
import { readHookQuery } from './hook-query.js';
import { SessionNotesService } from './session-notes.service.js';

const ID = '00000000-0000-4000-8000-000000000001';
const PROJECT = { organisationId: ID, workspaceId: ID, workspace: 'acme', projectId: ID, project: 'api', identity: null, createdAt: '' };
const resolver = { find: async () => PROJECT } as unknown as ProjectResolver;

let transport: InProcessTransport;
let rooms: number[];
beforeEach(async () => {
  setLogLevel('silent');
  transport = new InProcessTransport();
  await transport.open();
  rooms = [];
});

function serve(contract: RequestContract, answer: (input: { charsMax?: number }) => unknown): void {
  transport.serve(contract.subject, async ({ body }) => ({ ok: true, value: answer(body as object) }));
}

function serveBoth(handoff: string): void {
  serve(ClaimHandoff, () => ({ handoff: null, markdown: handoff, status: 'none_pending' }));
  serve(ClaimMessages, ({ charsMax }) => {
    rooms.push(charsMax!);
    return { messages: [], markdown: 'The messages.\n', waiting: 0 };
  });
}

async function deliver(isHeard = true, query = 'session_id=s'): Promise<string> {
  const bus = new Bus(transport);
  return (await new HandoffDelivery(bus, resolver, new SessionNotesService(bus)).deliver(scopeForTest(), readHookQuery(new URLSearchParams(query)), () => isHeard)).markdown;
}

describe('what a session start is told', () => {
  it.each([[0, 4_000], [5_000, 4_000], [6_000, 3_900], [12_000, 0]])('beside a handoff of %d characters has %d for messages', async (handoffChars, room) => {
    const handoff = 'x'.repeat(handoffChars);
    serveBoth(handoff);
    expect(await deliver()).toBe([handoff, 'The messages.\n'].filter(Boolean).join('\n'));
    expect(rooms).toEqual([room]);
  });

  it('has the user\'s own slots last, once a session, and room for messages beside them', async () => {
    serveBoth('The handoff.\n');
    serve(ListSlots, () => ({ slots: [{ slotId: ID, projectId: null, name: 'style', kind: 'state', text: 'Short answers.', agent: null, updatedAt: '2026-01-02T03:04:05.000Z' }] }));
    let isFirst = true;
    serve(ClaimBriefing, () => {
      const answer = { isFirst };
      isFirst = false;
      return answer;
    });
    expect(await deliver()).toMatch(/^The handoff\.\n\nThe messages\.\n\n> \*\*ai-memory briefing\*\*: what the user[\s\S]*### Yours, everywhere: style \(state\)\n_by you, 2026-01-02_\n\nShort answers\.\n<!-- ai-memory:untrusted-history:end -->$/);
    expect(await deliver()).toBe('The handoff.\n\nThe messages.\n');
    isFirst = true;
    expect(await deliver(true, 'session_id=s&profile_digest=0')).toBe('The handoff.\n\nThe messages.\n');
  });

  it('claims no messages for a client that has hung up meanwhile', async () => {
    serveBoth('The handoff.\n');
    expect(await deliver(false)).toBe('The handoff.\n');
    expect(rooms).toEqual([]);
  });

  it('has the handoff also where messages can not be had', async () => {
    serve(ClaimHandoff, () => ({ handoff: null, markdown: 'The handoff.\n', status: 'none_pending' }));
    expect(await deliver()).toBe('The handoff.\n');
  });
});
