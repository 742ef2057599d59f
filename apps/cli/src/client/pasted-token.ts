import { usageFailure } from './failure.js';

/** As the server makes them, the ones of the releases before included. */
const TOKEN = /mem_(?:pat|svc|dev|oat|ort)_[0-9A-Za-z]{30}_?[0-9A-Za-z]{6}/;
const KIND_CHARS = 8;
const SHOWN_CHARS = 4;

/** Throws where a token stands on the command line: there other users of the machine can read it, and the shell keeps it. */
export function refusePastedToken(args: readonly string[]): void {
  const [token] = args.map((arg) => TOKEN.exec(arg)?.[0]).filter((found) => found !== undefined);
  if (token === undefined) return;
  const name = `${token.slice(0, KIND_CHARS)}…${token.slice(-SHOWN_CHARS)}`;
  throw usageFailure(`The token ${name} stands on the command line, where others can read it and the shell keeps it: revoke it, and pass another by stdin, a file or AI_MEMORY_AUTH_TOKEN`);
}
