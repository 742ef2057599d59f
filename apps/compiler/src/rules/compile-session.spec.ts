import type { Observation } from '#libs/contracts';
import { describe, expect, it } from 'vitest';
import { compileSession, renderHandoff, SESSION_PAGE_BYTES_MAX, type CompiledSession, type SessionFacts } from './compile-session.js';
import { readWritten } from './golden/written-session.js';

const FACTS: SessionFacts = {
  sessionId: '0190a7c4-6f0e-7c3a-9d52-5f1f0e8b2a11', nativeSessionId: 'native', agent: 'claude-code', ownerName: 'Ana', cwd: '/home/dev/shop', model: 'opus',
  startedAt: '2026-11-22T08:00:00.000Z', endedAt: '2026-11-22T09:05:00.000Z', endReason: 'other', workspace: 'default', project: 'shop', generation: 7,
};

async function compiled(observations: AsyncIterable<Observation> | Iterable<Observation>, facts = FACTS): Promise<CompiledSession> {
  const result = await compileSession({ session: facts, observations });
  if (result.kind === 'ephemeral') throw new Error('The session left nothing.');
  return result;
}

async function ofStory(text: string): Promise<CompiledSession> {
  return compiled(readWritten(text));
}

describe('a session leaves nothing', () => {
  it.each([['it only started and ended', 'end other'], ['it only spoke', 'agent: Hello!\nend other'], ['it only compacted', 'compact']])('where %s', async (_, text) => {
    expect(await compileSession({ session: FACTS, observations: readWritten(text) })).toEqual({ kind: 'ephemeral' });
  });

  it('where there are no observations at all', async () => {
    expect(await compileSession({ session: FACTS, observations: [] })).toEqual({ kind: 'ephemeral' });
  });
});

it('gives the page a path that the title does not change, and the wiki\'s metadata', async () => {
  const { page } = await ofStory('user: Fix AUTH-412 in `parseToken`\nedit src/token.ts\n$ npm test\n  Tests  3 passed (3)\n=> ok');
  expect(page.path).toBe(`sessions/${FACTS.sessionId}.md`);
  expect(page.frontmatter).toMatchObject({
    title: 'Fix AUTH-412 in `parseToken`', kind: 'session', tier: 'episodic', session_id: FACTS.sessionId, agent: 'claude-code', user: 'Ana',
    started: FACTS.startedAt, ended: FACTS.endedAt, tags: ['claude-code', 'changes', 'tests-passing'], entities: ['AUTH-412', 'src/token.ts', 'parseToken'],
    generated_by: 'rules', observation_generation: 7,
  });
});

it('takes the end from the last event while the session is open', async () => {
  const { page } = await compiled(readWritten('user: Fix it\nedit a.ts'), { ...FACTS, endedAt: null });
  expect(page.frontmatter.ended).toBe('2026-11-22T08:01:20.000Z');
});

describe('what stays open', () => {
  it.each([
    ['a question without an answer', 'user: fix it\nagent: Fixed it all.\nuser: and the docs?', ['No answer is recorded to: and the docs? [#4]']],
    ['an ask without a trace', 'user: fix it\nagent: Fixed it all.\nuser: now push it', ['Nothing is recorded after: now push it [#4]']],
    ['the agent\'s question', 'user: fix it\nagent: Fixed. Shall I push it?', ['The agent asked and got no answer: Shall I push it? [#3]']],
    ['an agreed question', 'user: fix it\nagent: Fixed. Shall I push it?\nuser: yes', ['The agent asked: Shall I push it? The answer was "yes", and nothing is recorded after it [#3]']],
    ['nothing after an agreed question that was replied to', 'user: fix it\nedit a.ts\nagent: Fixed. Shall I leave it so?\nuser: yes\nagent: Then it stays as it is.', []],
    ['nothing after thanks', 'user: fix it\nedit a.ts\nagent: Fixed it all.\nuser: thanks!', []],
    ['an interruption', 'user: fix it\nedit a.ts\ninterrupt', ['The user interrupted the agent and the session ended there']],
    ['nothing after an interruption that was gone over', 'user: fix it\nedit a.ts\ninterrupt\nuser: only the first\nedit a.ts\nagent: Done so.', []],
    ['a check that fails', 'user: fix it\n$ npx tsc\n  a.ts(1,2): error TS1: x\n=> error\nagent: Partly done.', ['`npx tsc` was still failing when it last ran: `a.ts(1,2): error TS1: x` [#3]']],
    ['no slip of the keyboard', 'user: fix it\n$ gti status\n  zsh: command not found: gti\n=> error\nagent: Done so.', []],
    ['no answer that cannot be known', 'user: is it fixed?\n$ ls\n=> ok', []],
  ])('%s', async (_, text, expected) => {
    expect((await ofStory(text)).handoff.openQuestions).toEqual(expected);
  });
});

describe('what comes next', () => {
  it.each([
    ['the open plan', 'user: do a and b\nplan:\n  [x] a\n  [ ] b\nagent: a is done.', ['b [#3]']],
    ['what the agent named', 'user: do a\nedit a.ts\nagent: a is done.\n\n  Next steps:\n  - push', ['push [#5]']],
    ['where it stopped', "user: do a\nedit a.ts\nagent: a is done. I'll push it now.", ["Carry on where the agent stopped: I'll push it now [#5]"]],
    ['what fails', 'user: do a\n$ npm test\n   Tests  1 failed | 2 passed (3)\n=> error\nagent: It fails.', ['Make `npm test` succeed (1 failed, 2 passed) [#3]']],
    ['the last ask', 'user: do a\nagent: a is done.\nuser: do b', ['Act on what was asked last: do b [#4]']],
    ['the rest of the last ask', 'user: do a\nagent: a is done.\nuser: do b\nedit b.ts', ['Finish what was asked last: do b [#4]']],
    ['the call under way', 'user: do a\nedit a.ts\n$ make\n=> open', ['Find out how `make` ended, then finish what was asked last: do a [#2]']],
    ['what the agent asks', 'user: do a\nedit a.ts\nagent: a is done. Shall I push it?', ["Answer the agent's question: Shall I push it? [#5]"]],
    ['what an answer that was stopped belonged to', 'user: do a\nedit a.ts\nagent: I need to see b first.\n  ---\n  Cancelled', ['Finish what was asked last: do a [#2]']],
    ['where no answers are recorded, the last ask', 'user: do a\nedit a.ts', ['Check whether this is done, and go on from there: do a [#2]']],
    ['nothing after an ask that was answered', 'user: do a\nedit a.ts\nagent: a is done.', []],
    ['nothing after an answered question', 'user: what is a monad?\nagent: A monoid in the category of endofunctors.', []],
  ])('%s', async (_, text, expected) => {
    expect((await ofStory(text)).handoff.nextSteps).toEqual(expected);
  });
});

describe('the story', () => {
  it('names a session without words after its work', async () => {
    expect((await ofStory('edit src/a.ts\nedit src/b.ts')).title).toBe('Changes to src/a.ts and 1 more');
    expect((await ofStory('user: continue\n$ make')).title).toBe('Ran make');
  });

  it('takes the ends of an agent that reports none for done', async () => {
    const { page, handoff } = await ofStory('user: clean up\n$ make clean\n=> open\nuser: and build\n$ make\n=> open');
    expect(page.body).toContain('Ran `make clean`');
    expect(handoff.openQuestions).toEqual([]);
  });

  it('shows pasted output by its telling line and not as an ask', async () => {
    const { page } = await ofStory('user: fix the crash\nuser: 12 | foo()\n  13 | bar()\n  TypeError: x is undefined\n      at main (a.js:1:2)\nedit a.js');
    expect(page.body).toContain('*Pasted output:* `TypeError: x is undefined`');
  });

  it('tells repeated asks once', async () => {
    expect((await ofStory('user: fix it\nuser: fix it\nedit a.ts')).page.body).toContain('**Fix it** (sent twice)');
  });

  it('leaves the words, questions and messages of sub-agents out', async () => {
    const observations = readWritten('user: audit the logs\nedit a.ts\nagent: Audited them.');
    const extra = observations.map((observation) => ({ ...observation, isSubagent: true, body: observation.body === '' ? '' : 'we decided on sub-agent business?' }));
    const { page } = await compiled([...observations, ...extra]);
    expect(page.body).not.toContain('sub-agent business');
    expect(page.body).toContain('Agent: Audited them.');
  });
});

/** A long and repetitive day: asks, edits, failing and passing tests, chatter in many scripts. */
function* longSession(events: number): Generator<Observation> {
  const unit = [
    'user: 请重构模块 and never touch <config> number %, see [[page]] `x` * _',
    'read src/module-%/index.ts', 'edit src/module-%/index.ts', 'edit src/shared.ts',
    '$ npm test -- module-%', '   FAIL  module-%', `  AssertionError: expected % to be 0 ${'é'.repeat(300)}`, '=> error', 'mcp mcp__tracker__tool_%',
    '$ ./step-% --flag', '  error: step % failed', '=> error', '$ git commit -m "step %"', '  [main 0123abc] step %', '=> ok',
    `agent: I decided on step %. ${'長い説明。'.repeat(60)}`,
  ].join('\n');
  let told = 0;
  for (let round = 0; told < events; round++) {
    for (const observation of readWritten(unit.replaceAll('%', String(round))).slice(0, events - told)) {
      told++;
      yield { ...observation, sequence: told, ...(observation.tool && { tool: { ...observation.tool, callId: `${round}-${observation.tool.callId}` } }) };
    }
  }
}

describe('five thousand events', () => {
  const observations = [...longSession(5_000)];

  it('make a page and a handoff within their bounds, in under two seconds of CPU', async () => {
    const before = process.cpuUsage();
    const { page, handoff } = await compiled(observations);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(2_000);
    expect(Buffer.byteLength(page.body)).toBeLessThanOrEqual(SESSION_PAGE_BYTES_MAX);
    expect(page.body).toMatch(/\*… \d+ requests left out here, with \d+ actions, \d+ edits \[#\d+–#\d+\] …\*/);
    const markdown = renderHandoff({ fromAgent: 'codex', endedAt: FACTS.endedAt!, sessionId: null, trust: 'tool', content: handoff }, new Date(FACTS.endedAt!));
    expect(markdown.length).toBeLessThanOrEqual(6_000);
  });

  it('are counted in full', async () => {
    const asks = observations.filter((observation) => observation.kind === 'user-prompt').length;
    expect((await compiled(observations)).summary).toContain(`Over ${asks} prompts and 1 h 5 min`);
  });

  it('leave no more behind than five hundred', async () => {
    const [short, long] = [await compiled(longSession(500)), await compiled(longSession(5_000))];
    const sizeOf = (session: typeof short): number => JSON.stringify({ ...session, touchedFiles: [] }).length;
    expect(sizeOf(long)).toBeLessThan(sizeOf(short) * 1.3);
    expect(long.touchedFiles.length).toBeLessThanOrEqual(400);
    expect(Math.max(...long.touchedFiles.map(({ places }) => places.length))).toBeLessThanOrEqual(64);
  });

  it('say the same from a stream as from a list', async () => {
    async function* stream(): AsyncGenerator<Observation> {
      yield* observations;
    }
    expect(await compiled(stream())).toEqual(await compiled(observations));
  });
});
