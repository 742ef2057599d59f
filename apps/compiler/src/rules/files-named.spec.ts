import { describe, expect, it } from 'vitest';
import { filesNamedIn } from './files-named.js';

describe('files that an agent says it changed', () => {
  it.each([
    ['I created `src/domain/a.ts` and updated README.md.', ['src/domain/a.ts', 'README.md']],
    ['Done:\n\n- Enhanced creating-tasks.mdc\n- Created `.cursor/rules/x.mdc`', ['creating-tasks.mdc', '.cursor/rules/x.mdc']],
    ['Ich habe `export.ts` angepasst.', ['export.ts']],
    ['I will update `a.ts` next.', []],
    ['You should add `b.ts`.', []],
    ['`c.ts` was not changed.', []],
    ['Added support for Node.js 20.19 and example.com.', []],
    ['```\nupdated d.ts\n```', []],
    ['The bug is in `e.ts`.', []],
  ])('%j: %j', (message, files) => {
    expect(filesNamedIn(message)).toEqual(files);
  });
});
