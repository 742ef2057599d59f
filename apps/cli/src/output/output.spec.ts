import { describe, expect, it } from 'vitest';
import { ageOf } from './age.js';
import { Printer } from './printer.js';
import { snippetText } from './snippet.js';
import { styleOf } from './style.js';
import { oneLine, table } from './table.js';

const plain = styleOf(false);

function sink(isTTY: boolean): { isTTY: boolean; columns: number; text: string; write(chunk: unknown): boolean } {
  return { isTTY, columns: 40, text: '', write(chunk) { this.text += String(chunk); return true; } };
}

describe('a table', () => {
  it('has columns as wide as they need', () => {
    expect(table(['A', 'NAME'], [['1', 'x'], ['1000', 'y']], { style: plain, widthChars: undefined })).toBe('A     NAME\n1     x\n1000  y');
  });

  it('ends where the terminal ends, and nowhere in a pipe', () => {
    const rows = [['id', 'word '.repeat(30)]];
    expect(table(['A', 'B'], rows, { style: plain, widthChars: 40 }).split('\n')[1]).toHaveLength(40);
    expect(table(['A', 'B'], rows, { style: plain, widthChars: undefined }).split('\n')[1]!.length).toBeGreaterThan(140);
  });

  it.each([['日本語', '日本語  x'], ['🐟', '🐟      x'], ['é', 'é       x']])('stands straight below %s, whatever the width of its characters', (cell, expected) => {
    expect(table(['A', 'B'], [[cell, 'x'], ['sixsix', 'y']], { style: plain, widthChars: 40 }).split('\n').slice(1)).toEqual([expected, 'sixsix  y']);
  });

  it('cuts between characters, not within one', () => {
    expect(table(['A', 'BEHIND ALL'], [['1', '日本語日本語日本語']], { style: plain, widthChars: 14 }).split('\n')[1]).toBe('1  日本語日本…');
    expect(table(['A', 'BEHIND ALL'], [['1', `aaaaaaaaa👩‍👩‍👧bbb`]], { style: plain, widthChars: 14 }).split('\n')[1]).toBe('1  aaaaaaaaa…');
  });

  it('is a block of lines for each row where the terminal is too narrow for it', () => {
    const rows = [['1802e462-9ba0-8776', 'codex', '/home/dev/api'], ['2', 'x', '']];
    expect(table(['SESSION', 'AGENT', 'FOLDER'], rows, { style: plain, widthChars: 30 })).toBe('SESSION  1802e462-9ba0-8776\nAGENT    codex\nFOLDER   /home/dev/api\n\nSESSION  2\nAGENT    x\nFOLDER');
  });

  it.each([['two\nlines', 'two lines'], ['\u001b]0;title\u0007x', 'x'], ['a\tb', 'a b'], ['\u202eabc', 'abc']])('keeps %j from breaking it', (text, expected) => {
    expect(oneLine(text)).toBe(expected);
  });
});

describe('a snippet', () => {
  it('is text again, with what matched marked', () => {
    expect(snippetText('if (a &lt; b) &amp;&amp; <mark>x&gt;</mark>\nso &amp;lt;', (text) => `[${text}]`)).toBe('if (a < b) && [x>] so &lt;');
  });
});

describe('an age', () => {
  it.each([[0, 'now'], [59, 'now'], [60, '1 min'], [3_599, '59 min'], [7_200, '2 h'], [200_000, '2 d'], [-5, 'now']])('of %i seconds is %j', (seconds, expected) => {
    const now = new Date('2026-11-23T10:00:00Z');
    expect(ageOf(new Date(now.getTime() - seconds * 1_000).toISOString(), now)).toBe(expected);
  });
});

describe('a printer', () => {
  it.each([[true, true, false, true], [false, true, false, false], [true, false, false, false], [true, true, true, false]])('colours (terminal: %j, may: %j, JSON: %j): %j', (isTTY, mayColour, isJson, expected) => {
    const printer = new Printer(sink(isTTY), sink(isTTY), { isJson, mayColour });
    expect(printer.style.bold('x') !== 'x').toBe(expected);
  });

  it('prints JSON alone where that is asked for', () => {
    const [stdout, stderr] = [sink(false), sink(false)];
    const printer = new Printer(stdout, stderr, { isJson: true, mayColour: true });
    printer.note('by the way');
    printer.answer({ a: 1 }, () => 'text');
    expect([JSON.parse(stdout.text), stderr.text]).toEqual([{ a: 1 }, '']);
  });

  it('tells a failure in one line', () => {
    const stderr = sink(false);
    new Printer(sink(false), stderr, { isJson: false, mayColour: true }).failure('first\n  second\u001b[2J');
    expect(stderr.text).toBe('ai-memory: first second\n');
  });

  it.each([[true, 'ab'], [false, 'a\u001b[2Jb']])('keeps foreign text from a terminal (%j) alone', (isTTY, expected) => {
    expect(new Printer(sink(isTTY), sink(false), { isJson: false, mayColour: false }).foreign('a\u001b[2Jb')).toBe(expected);
  });
});
