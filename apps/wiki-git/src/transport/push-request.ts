import { z } from 'zod';
import { packetsUntilFlush } from './pkt-line.js';

/** How much of a push is looked at for its commands: one takes about 150 bytes, and one is all that is accepted. */
export const COMMANDS_BYTES_MAX = 256 * 1024;

const NO_COMMIT = '0'.repeat(40);
const Command = z.tuple([z.string().regex(/^[0-9a-f]{40}$/), z.string().regex(/^[0-9a-f]{40}$/), z.string().regex(/^refs\/[\x21-\x7e]{1,250}$/)]);

/** One ref that a client wants moved. Null stands for no commit: the ref is new, or is to go. */
export interface PushCommand {
  readonly from: string | null;
  readonly to: string | null;
  readonly ref: string;
}

export interface PushRequest {
  readonly commands: readonly PushCommand[];
  /** Whether messages and report go to the client side by side. */
  readonly hasSideBand: boolean;
  /** Where the pack begins. */
  readonly packOffset: number;
}

/** Reads the beginning of a push; undefined for what is none. */
export function parsePushRequest(bytes: Buffer): PushRequest | undefined {
  const found = packetsUntilFlush(bytes);
  if (!found) return undefined;
  const [first = '', ...others] = found.packets.map((packet) => packet.toString('utf8').replace(/\n$/, ''));
  const [line = '', capabilities = ''] = first.split('\0');
  const lines = found.packets.length > 0 ? [line, ...others] : [];
  const commands = lines.map((each) => Command.safeParse(each.split(' ')));
  if (!commands.every((each) => each.success)) return undefined;
  return {
    commands: commands.map(({ data: [from, to, ref] }) => ({ from: orNull(from), to: orNull(to), ref })),
    hasSideBand: capabilities.split(' ').includes('side-band-64k'),
    packOffset: found.end,
  };
}

function orNull(sha: string): string | null {
  return sha === NO_COMMIT ? null : sha;
}
