import { describe, expect, it } from 'vitest';
import { closingIntention, closingQuestion, statedNextSteps } from './message-endings.js';
import { leadOf } from './message-lead.js';

describe('the lead of a message', () => {
  it.each([
    ['one sentence', 'The test passes now.', 'The test passes now.'],
    ['praise is skipped', 'Perfect! The test passes now.', 'The test passes now.'],
    ['an apology is skipped', "You're absolutely right, I should have checked. The path was wrong.", 'The path was wrong.'],
    ['a list it announces', 'I updated the service:\n\n- **Types**: all strict\n- Docs\n\nMore.', 'I updated the service: Types: all strict; Docs.'],
    ['a list after a bare announcement', "Great! We've successfully:\n\n1. Refactored `start`\n   - nested detail\n2. Added tests for:\n   - a\n\nBye", 'Refactored `start`; Added tests.'],
    ['long lists end in …', 'Changes:\n- a1\n- b2\n- c3\n- d4\n- e5', 'Changes: a1; b2; c3; d4; …'],
    ['headings it announces', 'The key changes are:\n\n### 1. Isolation\ntext\n### 2. Paths\ntext', 'The key changes are: Isolation; Paths.'],
    ['code and tables are left out', '```ts\nconst a = 1;\n```\n| a | b |\n\nThe value is one.', 'The value is one.'],
    ['a document', '# Fix the parser\n\n## Summary\n\nThis PR fixes the parser.', 'This PR fixes the parser.'],
    ['only an intention', "Sure. I'll run the tests now:", "I'll run the tests now."],
    ['a result after an intention', 'Let me check. The file is empty.', 'The file is empty.'],
    ['recalled memory is no message', '<!-- ai-memory:untrusted-history:start -->\nold\n<!-- ai-memory:untrusted-history:end -->\nNew text here.', 'New text here.'],
    ['nothing', '', ''],
    ['only praise', 'Great!', ''],
  ])('%s', (_, message, expected) => {
    expect(leadOf(message, 300)).toBe(expected);
  });

  it('stays within its bound', () => {
    expect(leadOf('word '.repeat(500), 100).length).toBeLessThanOrEqual(100);
  });
});

describe('next steps that a message states', () => {
  it.each([
    ['a heading with a list', 'Done.\n\n**Next steps:**\n- push it\n- tell Bob\n\nBye', ['push it', 'tell Bob']],
    ['a markdown heading', '## Next Steps\n1. push it\n2. tell Bob', ['push it', 'tell Bob']],
    ['inline', 'Next step: push the branch to origin.', ['push the branch to origin.']],
    ['a sentence after the heading', '**Next step:**\nI will add a timeout to the test.', ['I will add a timeout to the test.']],
    ['what would be needed', 'To finish the merge, we would need to:\n1. Resolve conflicts\n2. Push', ['Resolve conflicts', 'Push']],
    ['remaining work', 'Remaining:\n- docs', ['docs']],
    ['German', 'Nächste Schritte:\n- Doku', ['Doku']],
    ['Portuguese', 'Próximos passos:\n- docs', ['docs']],
    ['Chinese', '下一步：\n- 更新文档', ['更新文档']],
    ['none', 'All is done.\n- a\n- b', []],
  ])('%s', (_, message, expected) => {
    expect(statedNextSteps(message)).toEqual(expected);
  });
});

it.each([
  ["The migration is written. I'll run it now.", "I'll run it now"],
  ['Let me create this task:', 'Let me create this task'],
  ['All done.', ''],
  ['It works. Let me know if you have questions!', ''],
])('the message %j ends with the intention %j', (message, expected) => {
  expect(closingIntention(message)).toBe(expected);
});

it.each([
  ['Done. Should duplicates be removed, or may it fail?', 'Should duplicates be removed, or may it fail?'],
  ['Done.\n\nShould I test this, or is there anything else you would like?', 'Should I test this?'],
  ['Is there anything else I can help with?', ''],
  ['Why did it fail? Because of the path.', ''],
  ['Soll ich es pushen?', 'Soll ich es pushen?'],
  ['要提交吗？', '要提交吗？'],
])('the message %j asks %j in the end', (message, expected) => {
  expect(closingQuestion(message)).toBe(expected);
});
