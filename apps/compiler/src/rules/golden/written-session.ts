import type { Observation, ObservationKind, PlanItem, ToolFamily, ToolUse } from '#libs/contracts';

const STARTED_MS = Date.parse('2026-11-22T08:00:00.000Z');
const STEP_MS = 20_000;
const FAMILIES: Readonly<Record<string, [ToolFamily, string]>> = {
  read: ['read', 'Read'], edit: ['edit', 'Edit'], write: ['write', 'Write'], search: ['search', 'Grep'], web: ['web', 'WebFetch'],
  task: ['agent', 'Task'], mcp: ['mcp', ''], $: ['shell', 'Bash'],
};
const STATUSES: Readonly<Record<string, PlanItem['status']>> = { ' ': 'pending', '>': 'in-progress', x: 'completed' };

interface Step {
  line: string;
  rest: string[];
  ending: string | undefined;
}

/**
 * A written session, a step a line, in the order of the story: `user: …`, `agent: …`, `$ command`, `read path`, `edit`,
 * `write`, `search`, `web`, `task`, `mcp tool`, `plan:`, `compact`, `interrupt`, `resume`, `end reason`. Indented lines belong to the step
 * before; `sub ` before a tool makes it a sub-agent's; `=> ok`, `=> error`, `=> open` after one says how it ended.
 */
export function readWritten(text: string): Observation[] {
  const observations: Observation[] = [];
  const push = (kind: ObservationKind, fields: Partial<Observation>): void => {
    const sequence = observations.length + 1;
    const observationId = `0190a7c4-6f0e-7c3a-9d52-${String(sequence).padStart(12, '0')}`;
    const occurredAt = new Date(STARTED_MS + sequence * STEP_MS).toISOString();
    observations.push({ kind, sourceEvent: kind, occurredAt, title: '', body: '', isSubagent: false, observationId, sequence, ...fields });
  };
  push('session-start', { source: 'startup' });
  for (const [index, step] of stepsOf(text).entries()) tell(step, `call-${index}`, push);
  return observations;
}

function stepsOf(text: string): Step[] {
  const steps: Step[] = [];
  for (const line of text.trimEnd().split('\n')) {
    const step = steps.at(-1);
    if (step !== undefined && line.startsWith('=> ')) step.ending = line.slice(3);
    else if (step !== undefined && (line === '' || line.startsWith('  '))) step.rest.push(line.slice(2));
    else steps.push({ line, rest: [], ending: undefined });
  }
  return steps;
}

function tell(step: Step, callId: string, push: (kind: ObservationKind, fields: Partial<Observation>) => void): void {
  const { line, rest } = step;
  const [, word = '', argument = ''] = /^([\w$]+):? ?(.*)$/.exec(line) ?? [];
  const body = [argument, ...rest].join('\n').trim();
  if (word === 'user') push('user-prompt', { body });
  else if (word === 'agent') push('stop', { body });
  else if (word === 'compact') push('pre-compact', {});
  else if (word === 'interrupt') push('stop', { sourceEvent: 'Interrupt' });
  else if (word === 'resume') push('session-start', { source: 'resume' });
  else if (word === 'end') push('session-end', { source: argument });
  else tellTool(step, callId, push);
}

function tellTool({ line, rest, ending }: Step, callId: string, push: (kind: ObservationKind, fields: Partial<Observation>) => void): void {
  const isSubagent = line.startsWith('sub ');
  const [, word = '', argument = ''] = /^([\w$]+):? ?(.*)$/.exec(isSubagent ? line.slice(4) : line) ?? [];
  const tool = { ...toolOf(word, argument, rest), callId };
  const title = argument === '' ? tool.name : `${tool.name}: ${argument}`;
  push('pre-tool-use', { tool, title, isSubagent });
  const outcome = ending === 'error' ? 'error' : ending === 'ok' || word !== '$' ? 'success' : 'unknown';
  if (ending !== 'open') push('post-tool-use', { tool: { ...tool, outcome, excerpt: rest.join('\n') }, title, isSubagent });
}

function toolOf(word: string, argument: string, rest: readonly string[]): ToolUse {
  if (word === 'plan') {
    return { name: 'TodoWrite', family: 'plan', plan: rest.map((item) => ({ text: item.slice(4), status: STATUSES[item.charAt(1)]! })) };
  }
  const [family, name] = FAMILIES[word] ?? ['other', word];
  if (family === 'shell') return { name, family, command: argument };
  return family === 'read' || family === 'edit' || family === 'write' ? { name, family, path: `/home/dev/shop/${argument}` } : { name: name || argument, family };
}
