import { hash, verify } from '@node-rs/argon2';
import { Fault } from '#libs/faults';
import { normalisedPassword } from './password-policy.js';
import { TOO_BUSY } from './sign-on.faults.js';

/** As OWASP recommends for argon2id: 19 MiB, two passes, one lane; some 30 ms of a core. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** At a time in one process, so that guesses take neither its memory nor its cores. */
const RUNNING_MAX = 2;
const WAITING_MAX = 64;

let running = 0;
const waiting: (() => void)[] = [];
/** Of nobody's password, so that a name which nobody has takes as long as a wrong password. */
const nobodys = hash(crypto.randomUUID(), COST);

export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(normalisedPassword(password), COST));
}

/** False for a wrong password, and after the same time where there is none. Throws `sign-on.too-busy`. */
export async function isPassword(hashed: string | undefined, password: string): Promise<boolean> {
  const against = hashed ?? (await nobodys);
  const isRight = await inTurn(() => verify(against, normalisedPassword(password)));
  return isRight && hashed !== undefined;
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (waiting.length >= WAITING_MAX) throw new Fault(TOO_BUSY, { retryAfterSeconds: 2 });
  if (running >= RUNNING_MAX) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}
