import { describe, expect, it } from 'vitest';
import { isQuestion, readPrompt, titleFrom } from './prompts.js';
import { HISTORY_END, HISTORY_START } from '#libs/contracts';

const LOG = ['2026-11-22T08:00:00Z INFO start', '2026-11-22T08:00:01Z ERROR boom', '    at main (/srv/app.js:1:2)', '    at run (/srv/app.js:9:4)'].join('\n');

describe('a prompt that is an ask', () => {
  it.each([
    ['fix the login test', 'fix the login test'],
    ['<system-reminder>be nice</system-reminder>\nfix the login test', 'fix the login test'],
    ['<ide_opened_file>a.ts</ide_opened_file><user_query>fix it all</user_query>', 'fix it all'],
    ['<hook_context>recalled</hook_context>\n\nSay hello', 'Say hello'],
    ['[Image #1]\nmake it look like this', 'make it look like this'],
    ['go ahead and update the rules', 'go ahead and update the rules'],
    ['yes, except that the dry-run flag makes no sense', 'yes, except that the dry-run flag makes no sense'],
    [`why does it fail?\n${LOG}`, 'why does it fail?'],
    ['why does it fail?\n```\nTypeError: x\n```', 'why does it fail?'],
    ['/fix-issue 412 in the billing service', '/fix-issue 412 in the billing service'],
    ['# AGENTS.md instructions for /home/dev\n\n<INSTRUCTIONS>\nUse tabs.\n</INSTRUCTIONS>\nadd a test', 'add a test'],
    [`${HISTORY_START}\n- old step\n${HISTORY_END}\nadd a test`, 'add a test'],
    ['<div> should be a <section>', '<div> should be a <section>'],
    ['继续,但是先修复登录测试', '继续,但是先修复登录测试'],
  ])('%j keeps the person\'s words', (body, text) => {
    expect(readPrompt(body)).toEqual({ kind: 'ask', text, isInterruption: false });
  });
});

describe('a prompt that only agrees', () => {
  it.each([
    'ok', 'OK!', 'yes please', 'go ahead', 'Sounds good, go ahead.', 'thanks!', 'continue', 'lgtm 👍', '👍', 'do it', 'hi', 'y',
    'weiter', 'ja, mach weiter', 'Vielen Dank!', 'sim', 'pode continuar', 'obrigado', 'sí, adelante', 'vale, gracias', 'oui', 'merci beaucoup', "d'accord",
    'va bene', 'да, продолжай', '好的', '继续', '谢谢!', 'はい、続けてください', 'ありがとうございます', '네, 계속해줘', '@rules.mdc', '@src/a.ts @src/b.ts',
  ])('%j is an acknowledgement', (body) => {
    expect(readPrompt(body).kind).toBe('acknowledgement');
  });
});

describe('a prompt without a word of the person', () => {
  it.each([
    '<task-notification>done</task-notification>',
    '<command-name>/model</command-name><command-message>model</command-message><command-args></command-args>',
    '<local-command-stdout>Set model to opus</local-command-stdout>',
    '<environment_context><cwd>/home/dev</cwd></environment_context>',
    '# AGENTS.md instructions for /home/dev/project\n\nUse tabs.\n\nNever push.',
    'This session is being continued from a previous conversation that ran out of context. Summary: …',
    '<system-reminder>cut off in the middle of the',
    `before the fence was cut off\n${HISTORY_END}`,
    `${HISTORY_START}\nWe decided to use Perl`,
    '/clear', '/model opus', '',
  ])('%j is scaffolding', (body) => {
    expect(readPrompt(body).kind).toBe('scaffolding');
  });

  it('is an interruption where the harness says so', () => {
    expect(readPrompt('[Request interrupted by user for tool use]')).toEqual({ kind: 'scaffolding', text: '', isInterruption: true });
  });

  it('is a paste where it is only output', () => {
    expect(readPrompt(LOG).kind).toBe('paste');
  });
});

it.each([
  ['which jobs are in the queue? @rules.mdc', true],
  ['did you measure it on the slow machine', true],
  ['is that necessary? i think not', false],
  ['tests pass?', true],
  ['Warum schlägt der Test fehl', true],
  ['¿por qué falla?', true],
  ['为什么失败吗', true],
  ['do the rest, dont only plan it', false],
  ['when you read yaml, never use sed', false],
  ['add a flag to the command', false],
  ['have a look at the parser', false],
])('%j asks for an answer: %s', (text, expected) => {
  expect(isQuestion(text)).toBe(expected);
});

it.each([
  ['lets begin with #17', 'Begin with #17'],
  ['ok, so, now go ahead and actually write that test', 'Write that test'],
  ['Hi! Can you please add dark mode?', 'Add dark mode'],
  ['can you speed up the import? it takes 3 hours', 'Speed up the import'],
  ['Hallo! Kannst du bitte den Export einbauen?', 'Den Export einbauen'],
  ['which jobs are in the queue? @rules.mdc', 'Which jobs are in the queue?'],
  ['rename the billing client, keep the old name as an alias and make sure that nobody imports both', 'Rename the billing client'],
  ['## Bug\n\nThe total is wrong when a coupon is used.', 'Bug The total is wrong when a coupon is used'],
  ['**Fix** the `parse()` function in src/parser.ts. It throws.', 'Fix the `parse()` function in src/parser.ts'],
  ['"Say hello via the tools"', 'Say hello via the tools'],
  ['修复登录测试。然后提交。', '修复登录测试'],
  ['1. Rename the service\n2. Update the docs', 'Rename the service'],
])('%j gives the title %j', (text, title) => {
  expect(titleFrom(text)).toBe(title);
});

it('keeps a title within its bound, whatever was asked', () => {
  expect(titleFrom(`rename ${'x'.repeat(500)}`).length).toBeLessThanOrEqual(80);
});
