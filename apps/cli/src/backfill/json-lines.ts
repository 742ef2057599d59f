import { createReadStream } from 'node:fs';

/** A longer line is no record that anybody could store. */
const LINE_BYTES_MAX = 64 * 1024 * 1024;
const NEWLINE = 0x0a;

/** A line that is no JSON. */
export const BROKEN = Symbol('a broken line');

/**
 * The records of a file with one a line. One line at a time is in memory. The last line may be in the making: one without an end
 * that is no JSON yet is left out, and any other such line is BROKEN.
 */
export async function* readJsonLines(path: string, lineBytesMax = LINE_BYTES_MAX): AsyncGenerator<unknown> {
  let pending: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      bytes += end - from;
      const record = bytes > lineBytesMax ? BROKEN : recordIn([...pending, chunk.subarray(from, end)]);
      if (record !== undefined) yield record;
      [pending, bytes, from] = [[], 0, end + 1];
    }
    bytes += chunk.length - from;
    if (bytes <= lineBytesMax) pending.push(chunk.subarray(from));
    else pending = [];
  }
  const last = bytes > lineBytesMax ? BROKEN : recordIn(pending);
  if (last !== undefined && last !== BROKEN) yield last;
}

/** Undefined for an empty line. */
function recordIn(pieces: readonly Buffer[]): unknown {
  const text = Buffer.concat(pieces).toString('utf8').trim();
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return BROKEN;
  }
}
