import { describe, expect, it } from 'vitest';
import { promptIn, timeIn } from './cursor-prompt.js';

describe('promptIn', () => {
  it.each([
    ['<user_query>\nDo it\n</user_query>', 'Do it'],
    ['<timestamp>Tuesday, Sep 15, 2026, 3:44 PM (UTC+8)</timestamp>\n<user_query>\nDo it,\n\nplease\n</user_query>', 'Do it,\n\nplease'],
    ['<attached_files>\n<code_selection path="a.ts">1|x</code_selection>\n</attached_files>\n<user_query>What is this?</user_query>\n<context>more</context>', 'What is this?'],
    ['--- Cursor Command: ship ---\nSteps\n<user_query>/ship now</user_query>', '/ship now'],
    ['<user_query>\nWhat does <user_query>x</user_query> mean?\n</user_query>', 'What does <user_query>x</user_query> mean?'],
    ['Do it', 'Do it'],
    ['<timestamp>Tuesday, Jun 9, 2026, 12:06 AM (UTC-7)</timestamp>\nDo it', 'Do it'],
    ['<div class="a">does not show</div>', '<div class="a">does not show</div>'],
    ['<timestamp>Tuesday, Jun 23, 2026, 4:41 PM (UTC-4)</timestamp>\n<system_notification>\nA task has <b>finished</b>.\n</system_notification>', ''],
    ['<user_query>\n\n</user_query>', ''],
  ])('of %j is %j', (text, prompt) => {
    expect(promptIn(text)).toBe(prompt);
  });
});

describe('timeIn', () => {
  it.each([
    ['Tuesday, Sep 15, 2026, 3:44 PM (UTC+8)', '2026-09-15T07:44:00.000Z'],
    ['Tuesday, May 12, 2026, 2:57 PM (UTC+5:30)', '2026-05-12T09:27:00.000Z'],
    ['Friday, Jul 3, 2026, 12:00 AM (UTC-4)', '2026-07-03T04:00:00.000Z'],
    ['Thursday, Jul 2, 2026, 11:59\u202fPM (UTC)', '2026-07-02T23:59:00.000Z'],
    ['星期二, 9月15日, 2026, 3:44 PM (UTC+8)', undefined],
    ['Tuesday, Sop 15, 2026, 3:44 PM (UTC+8)', undefined],
    ['', undefined],
  ])('%s is %s', (stamp, expected) => {
    const time = timeIn(`<timestamp>${stamp}</timestamp>\n<user_query>x</user_query>`);
    expect(time === undefined ? undefined : new Date(time).toISOString()).toBe(expected);
  });
});
