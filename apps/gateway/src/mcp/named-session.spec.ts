import { expect, it } from 'vitest';
import { FindSession, type RequestContract, type Session } from '#libs/contracts';
import { Fault, NOT_FOUND, UNAVAILABLE } from '#libs/faults';
import { type Ask, findNamedSession } from './named-session.js';

const OURS = '00000000-0000-4000-8000-000000000001';
const SESSION = { sessionId: OURS } as Session;

/** Answers `FindSession` with `byAgent`; `ReadSession` knows `OURS` alone. */
function ask(byAgent: Session | null, failure?: Fault): Ask {
  return (async (contract: RequestContract, input: { sessionId?: string }) => {
    if (contract === FindSession) return { session: byAgent };
    if (failure) throw failure;
    if (input.sessionId !== OURS) throw new Fault(NOT_FOUND);
    return { session: SESSION };
  }) as Ask;
}

it.each<[string, Session | null, string, Session | null]>([
  ["the agent's own id", SESSION, 'native-1', SESSION],
  ['our id', null, OURS, SESSION],
  ['a uuid of nobody', null, OURS.replace('1', '2'), null],
  ["an id that isn't ours in form", null, 'native-2', null],
])('%s finds the session or nothing', async (_id, byAgent, id, expected) => {
  expect(await findNamedSession(ask(byAgent), 'codex', id)).toBe(expected);
});

it('does not take a failure for an absent session', async () => {
  await expect(findNamedSession(ask(null, new Fault(UNAVAILABLE)), 'codex', OURS)).rejects.toMatchObject({ kind: 'unavailable' });
});
