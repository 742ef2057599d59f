import type { PlanItem, ToolUse } from '#libs/contracts';
import { expect, it } from 'vitest';
import { Plan } from './plan.js';

function planOf(...reports: readonly (readonly [tool: string, items: readonly string[], outcome?: ToolUse['outcome']])[]): string[] {
  const statuses: Readonly<Record<string, PlanItem['status']>> = { ' ': 'pending', '>': 'in-progress', x: 'completed' };
  const plan = new Plan();
  for (const [name, items, outcome] of reports) {
    plan.add({ name, family: 'plan', plan: items.map((item) => ({ text: item.slice(2), status: statuses[item.charAt(0)]! })), ...(outcome && { outcome }) }, 1);
  }
  return plan.open.map((item) => item.text);
}

it.each([
  ['what is in progress comes first', [['TodoWrite', ['x done', '  later', '> now']]], ['now', 'later']],
  ['a list replaces the one before', [['TodoWrite', ['  old']], ['update_plan', ['  new']]], ['new']],
  ['an empty list clears it', [['TodoWrite', ['  old']], ['TodoWrite', []]], []],
  ['single tasks add up', [['TaskCreate', ['  #1 one']], ['TaskCreate', ['  #2 two']]], ['one', 'two']],
  ['an update may be a number alone', [['TaskCreate', ['  #1 one']], ['TaskUpdate', ['x #1']]], []],
  ['an update may rename', [['TaskCreate', ['  #1 one']], ['TaskUpdate', ['> #1 first']]], ['first']],
  ['a task only known by number has nothing to say', [['TaskUpdate', ['> #7']]], []],
  ['tasks without numbers are known by their text', [['TaskCreate', ['  one']], ['TaskUpdate', ['x one']]], []],
  ['a failed call changes nothing', [['TodoWrite', ['  old']], ['TodoWrite', ['  new'], 'error']], ['old']],
] as const)('%s', (_, reports, open) => {
  expect(planOf(...reports)).toEqual(open);
});
