import { describe, expect, it } from 'vitest';
import { EVIDENCE_NOTICE, HISTORY_END, HISTORY_START } from '#libs/contracts';
import { isRecalledAnswer, withoutRecalledText } from './recalled-text.js';

const FENCE = `${HISTORY_START}\nold\n${HISTORY_END}`;

describe('withoutRecalledText', () => {
  it.each([
    ['a closed fence', `before ${FENCE} after`, 'before  after'],
    ['two fences', `a${FENCE}b${FENCE}c`, 'abc'],
    ['a fence that an agent quotes line by line', `a\n> ${HISTORY_START}\n> old\n> ${HISTORY_END}\nb`, 'a\n> \nb'],
    ['a fence as HTML', `a${FENCE.replaceAll('<', '&lt;').replaceAll('>', '&gt;')}b`, 'ab'],
    ['a fence as JSON inside of JSON', `{"text":"${FENCE.replaceAll('<', '\\u003c').replaceAll('>', '\\u003e').replaceAll('\n', '\\n')}"}`, '{"text":""}'],
    ['a fence in another case', `a<!-- AI-MEMORY:untrusted-history:START -->old<!--ai-memory:untrusted-history:end-->b`, 'ab'],
    ['a start inside of a fence', `a${HISTORY_START}old${HISTORY_START}old${HISTORY_END}b`, 'ab'],
    ['the notice above it', `a\n${EVIDENCE_NOTICE}\n${FENCE}\nb`, 'a\n\nb'],
    ['other comments', 'a <!-- ai-memory:managed --> b', 'a <!-- ai-memory:managed --> b'],
    ['nothing', '', ''],
  ])('takes out %s', (_what, text, expected) => {
    for (const completeness of ['whole', 'cut'] as const) expect(withoutRecalledText(text, completeness)).toBe(expected);
  });

  it.each([
    ['a start whose end was cut off', `result\n${HISTORY_START}\nold and cut`, 'result\n'],
    ['an end whose start was cut off', `cut and old\n${HISTORY_END}\nresult`, '\nresult'],
    ['both', `old\n${HISTORY_END}\nresult\n${HISTORY_START}\nold`, '\nresult\n'],
  ])('takes out of a result %s, and leaves it in a message', (_what, text, expected) => {
    expect(withoutRecalledText(text, 'cut')).toBe(expected);
    expect(withoutRecalledText(text, 'whole')).toBe(text);
  });

  it('leaves what somebody says about a marker', () => {
    const text = `Why do we write ${HISTORY_START} in the handoff? And ${HISTORY_END.toUpperCase()}x`;
    expect(withoutRecalledText(`Why do we write ${HISTORY_START} in the handoff?`, 'cut')).toContain('in the handoff?');
    expect(withoutRecalledText(`${HISTORY_END} ends it.`, 'cut')).toBe(`${HISTORY_END} ends it.`);
    expect(withoutRecalledText(text, 'whole')).toMatch(/^Why do we write /);
  });

  it.each([HISTORY_START, HISTORY_END, `\n${HISTORY_START}\n`, `\n${HISTORY_END}\n`, '> **ai-memory handoff**\n', '> \n', FENCE])('takes time in proportion to the text: %j over and over', (piece) => {
    const text = piece.repeat(40_000);
    for (const completeness of ['whole', 'cut'] as const) expect(withoutRecalledText(text, completeness).length).toBeLessThanOrEqual(text.length);
  });
});

it('knows an answer of ours by what it says of itself', () => {
  expect([isRecalledAnswer(`body: old\nnotice: ${EVIDENCE_NOTICE}`), isRecalledAnswer('body: new')]).toEqual([true, false]);
});
