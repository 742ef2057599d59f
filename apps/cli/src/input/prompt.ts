import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { Failure } from '../client/failure.js';
import type { World } from '../world.js';

/** Asks a person for a line. Throws where the person leaves instead (Ctrl-C, Ctrl-D). The answer to a `secret` question is not shown while it is typed. */
export async function ask({ stdin, stderr }: Pick<World, 'stdin' | 'stderr'>, question: string, isSecret = false): Promise<string> {
  // Readline clears the line that it asks in; with no echo it can't ask itself.
  if (isSecret) stderr.write(question);
  const echo = new Writable({ write: (chunk: Buffer, _encoding, done) => { if (!isSecret) stderr.write(chunk); done(); } });
  const lines = createInterface({ input: stdin, output: echo, terminal: stdin.isTTY === true });
  try {
    const left = new Promise<never>((_resolve, reject) => lines.once('close', () => reject(new Failure('Nothing was answered'))));
    return (await Promise.race([lines.question(isSecret ? '' : question), left])).trim();
  } finally {
    lines.close();
    if (isSecret) stderr.write('\n');
  }
}

/** Anything but yes is no; nothing means `preset`. */
export async function confirm(world: Pick<World, 'stdin' | 'stderr'>, question: string, preset: boolean): Promise<boolean> {
  const answer = (await ask(world, `${question} [${preset ? 'Y/n' : 'y/N'}] `)).toLowerCase();
  return answer === '' ? preset : ['y', 'yes'].includes(answer);
}
