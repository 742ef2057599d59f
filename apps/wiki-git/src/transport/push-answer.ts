import { BRANCH } from '../repositories/branch-lock.js';
import { FLUSH, pktLine } from './pkt-line.js';

const NO_COMMIT = '0'.repeat(40);
const CAPABILITIES = 'report-status delete-refs side-band-64k ofs-delta object-format=sha1 agent=ai-memory';
const REPORT_BAND = 1;
const MESSAGE_BAND = 2;
const MESSAGE_CHARS_MAX = 8_000;

/** What a client may push to, and what is understood: one branch. Deleting is offered, so that it is refused with a sentence. */
export function pushAdvertisement(tip: string | null): Buffer {
  const ref = tip ? `${tip} ${BRANCH}` : `${NO_COMMIT} capabilities^{}`;
  return Buffer.concat([pktLine('# service=git-receive-pack\n'), FLUSH, pktLine(`${ref}\0${CAPABILITIES}\n`), FLUSH]);
}

/** What became of a push. */
export interface PushOutcome {
  /** A few words that git puts in brackets behind the branch; null where it was taken in. */
  readonly refused: string | null;
  /** Sentences for the person at the terminal. */
  readonly messages: readonly string[];
}

/** The outcome as the client's git reads it: messages as `remote: …`, and what became of each ref. */
export function pushReport(refs: readonly string[], { refused, messages }: PushOutcome, hasSideBand: boolean): Buffer {
  const status = refs.map((ref) => pktLine(refused === null ? `ok ${ref}\n` : `ng ${ref} ${refused}\n`));
  const report = Buffer.concat([pktLine('unpack ok\n'), ...status, FLUSH]);
  if (!hasSideBand) return report;
  const text = messages.map((line) => `${line}\n`).join('').slice(0, MESSAGE_CHARS_MAX);
  return Buffer.concat([...(text ? [inBand(MESSAGE_BAND, Buffer.from(text))] : []), inBand(REPORT_BAND, report), FLUSH]);
}

function inBand(band: number, bytes: Buffer): Buffer {
  return pktLine(Buffer.concat([Buffer.from([band]), bytes]));
}
