import { Fault } from '#libs/faults';
import { PASSWORD_WEAK } from './sign-on.faults.js';

export const PASSWORD_CHARS_MIN = 12;
export const PASSWORD_CHARS_MAX = 256;
const DISTINCT_MIN = 5;
const RUN_CHARS = 6;
const RUNS = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1qaz2wsx3edc4rfv5tgb6yhn'];
/** Stems of passwords that every list of guesses begins with; of twelve characters and more they are written with digits or twice. */
const COMMON = ['password', 'passwort', 'passw0rd', 'p@ssword', 'p@ssw0rd', 'letmein', 'welcome', 'iloveyou', 'administrator', 'admin', 'changeme', 'changeit', 'trustno', 'monkey', 'dragon', 'football', 'baseball', 'superman', 'batman', 'sunshine', 'princess', 'starwars', 'whatever', 'computer', 'internet', 'secret', 'default', 'temporary', 'correcthorsebatterystaple', 'summer', 'winter', 'spring', 'autumn'];

/** One spelling for one password, whatever keyboard it was typed on. */
export function normalisedPassword(password: string): string {
  return password.normalize('NFKC');
}

/** Throws `sign-on.password-weak` with what is wrong. Length counts, not what kinds of characters; `words` are what anybody knows of its owner. */
export function refuseWeak(password: string, words: readonly string[]): void {
  const chars = [...normalisedPassword(password)];
  if (chars.length < PASSWORD_CHARS_MIN) throw weak(`A password has at least ${PASSWORD_CHARS_MIN} characters. A few words in a row are good.`);
  if (chars.length > PASSWORD_CHARS_MAX) throw weak(`A password has at most ${PASSWORD_CHARS_MAX} characters.`);
  const rest = withoutGuessable(chars.join('').toLowerCase(), words);
  if (new Set(chars).size < DISTINCT_MIN || new Set(rest).size < DISTINCT_MIN) throw weak('This password is among the first that are guessed. Choose one without names, common words and rows of keys.');
}

/** What a password has besides what is guessed first. */
function withoutGuessable(password: string, words: readonly string[]): string {
  const known = [...words.map((word) => word.toLowerCase()).filter((word) => word.length > 3), ...COMMON];
  const unworded = known.reduce((rest, word) => rest.replaceAll(word, ''), password);
  return runsOf().reduce((rest, run) => rest.replaceAll(run, ''), unworded).replace(/(19|20)\d\d/g, '').replace(/[ -@[-`{-~]+$/, '');
}

function runsOf(): string[] {
  const rows = RUNS.flatMap((row) => [row, [...row].reverse().join('')]);
  return rows.flatMap((row) => Array.from({ length: Math.max(0, row.length - RUN_CHARS + 1) }, (_, index) => row.slice(index, index + RUN_CHARS)));
}

function weak(sentence: string): Fault {
  return new Fault(PASSWORD_WEAK, { sentence });
}
