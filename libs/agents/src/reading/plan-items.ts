import type { PlanItem } from '#libs/contracts';
import { fieldsOf, first, fold, type Fields } from './fields.js';
import { asId, asText } from './text.js';

const ITEMS_MAX = 100;
const LIST_FIELDS = ['todos', 'plan', 'tasks', 'items'];
const TEXT_FIELDS = ['content', 'step', 'subject', 'title', 'text', 'description', 'task_description'];
const STATUSES: Readonly<Record<string, PlanItem['status']>> = {
  pending: 'pending', notstarted: 'pending', todo: 'pending', open: 'pending',
  inprogress: 'in-progress', active: 'in-progress', doing: 'in-progress', running: 'in-progress',
  completed: 'completed', complete: 'completed', done: 'completed', finished: 'completed',
};
const CHECKBOX = /^[ \t]*[-*] \[([ xX])\] (.+)$/gm;

/**
 * The plan as a plan tool's call reports it: of the result if that lists one, else of the arguments. Where the agent
 * numbers its tasks, an item's text starts with `#<number>`: tools that report single tasks (`TaskCreate`,
 * `TaskUpdate`) give one item, and an update may say nothing but number and status. Items that were given up are left
 * out. At most 100.
 */
export function readPlan(input: Fields, result: Fields): PlanItem[] | undefined {
  const list = first([result, input], LIST_FIELDS, asItems);
  if (list !== undefined) return list;
  const item = singleTask(input, fieldsOf(result.get('task')));
  return item && [item];
}

function asItems(value: unknown): PlanItem[] | undefined {
  if (typeof value === 'string') {
    const lines = [...value.matchAll(CHECKBOX)].slice(0, ITEMS_MAX);
    return lines.length > 0 ? lines.map(([, mark, text]) => ({ text: text ?? '', status: mark === ' ' ? 'pending' : 'completed' })) : undefined;
  }
  if (!Array.isArray(value)) return undefined;
  return value.slice(0, ITEMS_MAX).flatMap((item) => toItem(fieldsOf(item)) ?? []);
}

function toItem(item: Fields): PlanItem | undefined {
  const text = first([item], TEXT_FIELDS, asText);
  const status = statusOf(item);
  return text === undefined || status === undefined ? undefined : { text: numbered(first([item], ['task_id'], asId), text), status };
}

/** A task that an agent creates is known by number only from the result. */
function singleTask(input: Fields, created: Fields): PlanItem | undefined {
  const number = first([input, created], ['task_id', 'id'], asId);
  const text = first([input, created], ['subject'], asText);
  const status = statusOf(input);
  const isAboutOneTask = text !== undefined || (input.has('taskid') && input.has('status'));
  return status === undefined || !isAboutOneTask ? undefined : { text: numbered(number, text ?? ''), status };
}

function statusOf(item: Fields): PlanItem['status'] | undefined {
  const status = asText(item.get('status'));
  return status === undefined ? 'pending' : STATUSES[fold(status)];
}

function numbered(number: string | undefined, text: string): string {
  return number === undefined ? text : `#${number} ${text}`.trim();
}
