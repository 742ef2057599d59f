import { describe, expect, it } from 'vitest';
import { headingWithout, messageWithout, pageWithout } from './erased-person.js';

const ADA = { userId: '6f0c1c1e-0000-4000-8000-000000000001', name: 'ada', email: 'Ada@acme.test' };
const NOBODY = 'erased user <erased@ai-memory.invalid>';

describe('a heading', () => {
  it.each([
    ['author ada <ada@acme.test> 12 +0100', `author ${NOBODY} 12 +0100`],
    ['author Ada L. <ADA@acme.test> 12 +0100', `author ${NOBODY} 12 +0100`],
    ['committer ada <at@home.test> 12 +0000', `committer ${NOBODY} 12 +0000`],
    [`author ada <${ADA.userId}@users.ai-memory> 12 +0000`, `author ${NOBODY} 12 +0000`],
    [`${'0'.repeat(40)} ${'a'.repeat(40)} ada <ada@acme.test> 12 +0000\tpush by ${ADA.userId}`, `${'0'.repeat(40)} ${'a'.repeat(40)} ${NOBODY} 12 +0000\tpush by ${ADA.userId}`],
    ['author adam <adam@acme.test> 12 +0000', 'author adam <adam@acme.test> 12 +0000'],
    ['author bob <notada@acme.test> 12 +0000', 'author bob <notada@acme.test> 12 +0000'],
    ['encoding ada', 'encoding ada'],
  ])('%s', (line, expected) => {
    expect(headingWithout(line, ADA)).toBe(expected);
  });
});

describe('a message', () => {
  it.each([
    ['Write it\n\nAgent: codex\nUser: ada <ada@acme.test>\n', `Write it\n\nAgent: codex\nUser: ${NOBODY}\n`],
    ['Approve\n\nUser: bob <b@acme.test>\nProposed-by: ada <ada@acme.test> with codex, session 1\n', `Approve\n\nUser: bob <b@acme.test>\nProposed-by: ${NOBODY} with codex, session 1\n`],
    ['Ask ADA@ACME.TEST about adapters\n', 'Ask erased@ai-memory.invalid about adapters\n'],
    ['User: adam <adam@x.test>\n', 'User: adam <adam@x.test>\n'],
    ['Not nada@acme.test nor ada@acme.test.de, but ada@acme.test.\n', 'Not nada@acme.test nor ada@acme.test.de, but erased@ai-memory.invalid.\n'],
  ])('%j', (message, expected) => {
    expect(messageWithout(message, ADA)).toBe(expected);
  });
});

describe('a page', () => {
  it.each([
    ['---\nauthor: ada\ntitle: On adapters for ada\n---\nada wrote this\n', '---\nauthor: erased user\ntitle: On adapters for ada\n---\nada wrote this\n'],
    ['---\nowners:\n  - "Ada"\n  - bob\ncontact: ada@acme.test\n---\n', '---\nowners:\n  - "erased user"\n  - bob\ncontact: erased@ai-memory.invalid\n---\n'],
    ['---\r\nauthor: ada <ada@acme.test>\r\n---\r\n', `---\r\nauthor: ${NOBODY}\r\n---\r\n`],
    ['No frontmatter\n---\nauthor: ada\n---\n', 'No frontmatter\n---\nauthor: ada\n---\n'],
  ])('%j', (text, expected) => {
    expect(pageWithout(text, ADA)).toBe(expected);
  });

  it('and a name is never taken for a pattern', () => {
    expect(messageWithout('User: a.b$& <x@y.test>\nUser: aXb$& <z@y.test>', { ...ADA, name: 'a.b$&' })).toBe('User: erased user <x@y.test>\nUser: aXb$& <z@y.test>');
  });
});
