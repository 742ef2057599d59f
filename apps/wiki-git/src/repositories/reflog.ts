import { z } from 'zod';

const ENTRY = /^([0-9a-f]{40}) ([0-9a-f]{40}) (.*) <([^<>]*)> (\d+) [+-]\d{4}\t(.*)$/;
const NOTE = /^push by ([0-9a-f-]{36})$/;
const NO_COMMIT = '0'.repeat(40);

/** A move of the branch that came by push, and who pushed: commits name whom their authors like. */
export interface Push {
  /** Null for the first one. */
  readonly from: string | null;
  readonly to: string;
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly pushedAt: Date;
}

/** What the reflog says of a push beside who and when. */
export function pushNote(userId: string): string {
  return `push by ${userId}`;
}

/** The pushes in a reflog, oldest first. Lines of any other kind are passed over. */
export function pushesIn(reflog: string): Push[] {
  return reflog.split('\n').flatMap((line) => {
    const [, from = '', to = '', name = '', email = '', seconds = '', message = ''] = ENTRY.exec(line) ?? [];
    const userId = z.uuid().safeParse(NOTE.exec(message)?.[1]).data;
    return userId ? [{ from: from === NO_COMMIT ? null : from, to, userId, name, email, pushedAt: new Date(Number(seconds) * 1_000) }] : [];
  });
}
