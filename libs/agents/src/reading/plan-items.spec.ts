import { describe, expect, it } from 'vitest';
import { fieldsOf } from './fields.js';
import { readPlan } from './plan-items.js';

const plan = (input: unknown, result?: unknown): unknown => readPlan(fieldsOf(input), fieldsOf(result))?.map(({ text, status }) => `${status} ${text}`);

describe('readPlan', () => {
  it.each([
    ['TodoWrite', { todos: [{ content: 'a', status: 'completed', activeForm: 'A' }, { content: 'b', status: 'in_progress' }, { content: 'c', status: 'pending' }] }, ['completed a', 'in-progress b', 'pending c']],
    ['update_plan', { explanation: 'x', plan: [{ step: 'a', status: 'completed' }, { step: 'b', status: 'inProgress' }] }, ['completed a', 'in-progress b']],
    ['write_todos', { todos: [{ description: 'a', status: 'cancelled' }, { description: 'b', status: 'pending' }] }, ['pending b']],
    ['SetTodoList', { todos: [{ title: 'a', status: 'done' }] }, ['completed a']],
    ['update_todo', { todos: '# Plan\n- [x] a\n- [ ] b\n' }, ['completed a', 'pending b']],
    ['an emptied list', { todos: [] }, []],
  ])('of %s is the list', (_tool, input, expected) => {
    expect(plan(input)).toEqual(expected);
  });

  it.each([
    [{ subject: 'a', description: 'd' }, { task: { id: '1', subject: 'a' } }, ['pending #1 a']],
    [{ subject: 'a', description: 'd' }, undefined, ['pending a']],
    [{ taskId: '1', status: 'completed' }, { success: true }, ['completed #1']],
    [{ taskId: 2, status: 'in_progress', subject: 'b' }, undefined, ['in-progress #2 b']],
    [{}, { tasks: [{ task_id: '1', subject: 'a', status: 'completed' }] }, ['completed #1 a']],
  ])('of a single task %j is one numbered item', (input, result, expected) => {
    expect(plan(input, result)).toEqual(expected);
  });

  it.each([{}, { todos: 'nothing to do' }, { todos: 7 }, { taskId: '1' }, { taskId: '1', status: 'deleted' }])('is missing for %j', (input) => {
    expect(plan(input)).toBeUndefined();
  });

  it('holds at most a hundred items', () => {
    expect(plan({ todos: Array.from({ length: 500 }, () => ({ content: 'a' })) })).toHaveLength(100);
  });
});
