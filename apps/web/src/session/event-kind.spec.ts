import { expect, it } from 'vitest';
import { type Observation, rowsOf } from './event-kind.js';
import type { Filter } from './session-address.js';

const event = (given: Partial<Observation>): Observation => ({ title: '', body: '', kind: 'other', source_event: 'x', subagent: false, ...given }) as Observation;
const tool = (family: string, more: object = {}): Observation['tool'] => ({ name: 'T', family, ...more }) as Observation['tool'];

const EVENTS = [
  event({ title: 'prompt', kind: 'user-prompt' }),
  event({ title: 'asked', kind: 'pre-tool-use', tool: tool('edit', { call_id: 'c1' }) }),
  event({ title: 'edited', kind: 'post-tool-use', tool: tool('edit', { call_id: 'c1', path: 'src/a.ts' }) }),
  event({ title: 'unanswered', kind: 'pre-tool-use', tool: tool('shell', { call_id: 'c2', command: 'npm test' }) }),
  event({ title: 'failed', kind: 'post-tool-use', source_event: 'PostToolUseFailure', tool: tool('shell', { call_id: 'c3', outcome: 'error' }) }),
  event({ title: 'child', subagent: true }),
];

it.each<[Filter, string, string[]]>([
  ['all', '', ['prompt', 'edited', 'unanswered', 'failed', 'child']], ['prompts', '', ['prompt']], ['tools', '', ['edited', 'unanswered', 'failed']], ['files', '', ['edited']], ['errors', '', ['failed']], ['agents', '', ['child']],
  ['all', 'SRC/A', ['edited']], ['all', 'npm', ['unanswered']], ['prompts', 'npm', []],
])('shows for %s and %j the events of that kind, a call with its answer once', (filter, wanted, titles) => {
  expect(rowsOf(EVENTS, filter, wanted).map(({ event: { title } }) => title)).toEqual(titles);
});

it('keeps the place that an event has among all', () => expect(rowsOf(EVENTS, 'errors', '')[0]!.index).toBe(4));
