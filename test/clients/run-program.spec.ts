import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { runProgram, runWell } from './run-program.js';

const OPTIONS = { cwd: tmpdir(), env: { PATH: process.env.PATH ?? '' }, timeoutMs: 10_000 };

describe('a program', () => {
  it('is given its input, and tells how it ended', async () => {
    expect(await runProgram('sh', ['-c', 'cat; echo oops >&2; exit 3'], { ...OPTIONS, input: 'hello' })).toEqual({ code: 3, stdout: 'hello', stderr: 'oops\n' });
  });

  it('that hangs is ended with what it started, and what it said is told', async () => {
    const hanging = runProgram('sh', ['-c', 'echo "waiting for a server"; sleep 60 & wait'], { ...OPTIONS, timeoutMs: 500 });
    await expect(hanging).rejects.toThrow(/^sh .* has not ended after 500 ms. It said:\nwaiting for a server\n$/);
  });

  it.each([['that fails', ['-c', 'echo "no disk" >&2; exit 1'], 'ended with 1. It said:\nno disk'], ['that is none', undefined, 'ENOENT']])('%s is an error that says why', async (_what, args, expected) => {
    await expect(args ? runWell('sh', args, OPTIONS) : runWell('no-such-program', [], OPTIONS)).rejects.toThrow(expected);
  });
});
