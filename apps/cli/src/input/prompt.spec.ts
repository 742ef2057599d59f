import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { ask, confirm } from './prompt.js';

function terminal(): { stdin: PassThrough & { isTTY: boolean }; stderr: { text: string; write(chunk: unknown): boolean } } {
  return { stdin: Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined }), stderr: { text: '', write(chunk) { this.text += String(chunk); return true; } } };
}

describe('a question', () => {
  it('gives what was typed', async () => {
    const world = terminal();
    const answer = ask(world, 'Who? ');
    world.stdin.write('  dev \r');
    expect(await answer).toBe('dev');
    // Nothing is cleared behind the question.
    expect(world.stderr.text).toMatch(/Who\? (?!.*\u001b\[0?J).*dev/s);
  });

  it('for a secret never shows it', async () => {
    const world = terminal();
    const answer = ask(world, 'Token: ', true);
    world.stdin.write('s3cret\r');
    expect([await answer, world.stderr.text]).toEqual(['s3cret', 'Token: \n']);
  });

  it.each([['Ctrl-C', '\u0003'], ['Ctrl-D', '\u0004']])('that is left by %s is not answered', async (_key, typed) => {
    const world = terminal();
    const answer = ask(world, 'Who? ');
    world.stdin.write(typed);
    await expect(answer).rejects.toThrow('Nothing was answered');
  });

  it.each([['y', false, true], ['YES', false, true], ['n', true, false], ['what', true, false], ['', true, true], ['', false, false]])('answered with %j (preset %j) means %j', async (typed, preset, expected) => {
    const world = terminal();
    const answer = confirm(world, 'Sure?', preset);
    world.stdin.write(`${typed}\r`);
    expect(await answer).toBe(expected);
  });
});
