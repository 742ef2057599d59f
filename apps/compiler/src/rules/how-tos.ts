import type { CommandRun } from './commands.js';
import type { HowTo } from './findings.js';
import { clamp, linesOf, oneLine, sentencesOf } from './text.js';

const SAID_MAX = 20;
const HOW_TOS_MAX = 4;
const SENTENCE_CHARS_MAX = 400;
/** `to release, run "make release"`, `run "npm run seed" to fill the database`, and the same in German. */
const FORMS: readonly { form: RegExp; purpose: number; command: number }[] = [
  { form: /(?:^|[,;:]\s*)(?:in order )?to ([^,`]{4,60}),? (?:you |we |just |always |please |have to |need to )*(?:run|use|execute|call) `([^`]{3,160})`/i, purpose: 1, command: 2 },
  { form: /\b(?:run|use|execute) `([^`]{3,160})` (?:in order )?to ([^,.`]{4,60})/i, purpose: 2, command: 1 },
  { form: /\bum ([^,`]{4,60}) zu \S+,? .{0,30}`([^`]{3,160})`/i, purpose: 1, command: 2 },
];

/** Remembers what the user said is to be run for what, and which of it was then run with success. Memory is bounded. */
export class HowTos {
  readonly #said: Omit<HowTo, 'ranPlace'>[] = [];
  readonly #proven = new Map<string, HowTo>();

  addPrompt(text: string, place: number): void {
    for (const sentence of linesOf(text).flatMap((line) => sentencesOf(oneLine(line).slice(0, SENTENCE_CHARS_MAX)))) {
      if (sentence.endsWith('?') || this.#said.length >= SAID_MAX) continue;
      const said = howToIn(sentence);
      if (said !== undefined) this.#said.push({ ...said, sentence: clamp(sentence, SENTENCE_CHARS_MAX), saidPlace: place });
    }
  }

  addRun(run: CommandRun): void {
    if (run.hasFailed) return;
    for (const said of this.#said) {
      const isIt = run.line.text === said.command || run.line.text.startsWith(`${said.command} `);
      if (isIt && this.#proven.size < HOW_TOS_MAX && !this.#proven.has(said.command)) this.#proven.set(said.command, { ...said, ranPlace: run.place });
    }
  }

  get proven(): HowTo[] {
    return [...this.#proven.values()];
  }
}

function howToIn(sentence: string): { purpose: string; command: string } | undefined {
  for (const { form, purpose, command } of FORMS) {
    const match = form.exec(sentence);
    if (match !== null) return { purpose: match[purpose]?.trim() ?? '', command: match[command]?.trim() ?? '' };
  }
  return undefined;
}
