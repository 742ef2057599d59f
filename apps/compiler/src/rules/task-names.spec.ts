import { describe, expect, it } from 'vitest';
import { TaskNames } from './task-names.js';

function namesFrom(paths: readonly string[], message = ''): TaskNames {
  const names = new TaskNames();
  for (const path of paths) names.addPath(path);
  names.addMessage(message);
  return names;
}

describe('what a numbered task is called', () => {
  it.each([
    ['go on with #004', ['docs/tasks/004-add-retry-option.md'], '', 'add retry option'],
    ['start task 12', ['tasks/12_clean_up_logs.md'], '', 'clean up logs'],
    ['work on #7', [], 'The backlog:\n1. **#007**: Store the repositories apart\n2. #008: Another one', 'Store the repositories apart'],
    ['work on #7', ['db/0008-other-thing.sql'], '', undefined],
    ['in 12 minutes', ['tasks/12-clean-up-logs.md'], '', undefined],
    ['fix the login', ['tasks/12-clean-up-logs.md'], '#12: Clean up logs', undefined],
  ])('in %j after %j and %j is %j', (text, paths, message, name) => {
    expect(namesFrom(paths, message).nameIn(text)).toBe(name);
  });
});
