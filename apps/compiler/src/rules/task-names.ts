import { clamp, linesOf, oneLine } from './text.js';

const NAMES_MAX = 50;
const NAME_CHARS_MAX = 70;
const MENTION = /(?:#|\b(?:task|issue|ticket|story)\s+#?)0*(\d{1,6})\b/i;
/** `process/tasks/004-add-task-option.md` */
const PATH = /(?:^|\/)#?0*(\d{1,6})[-_]([a-z][a-z0-9]*(?:[-_][a-z0-9]+)+)(?:\.\w+)?$/i;
/** `#004: Add a task option`, however it is set off. */
const LINE = /(?:^|[\s*])#0*(\d{1,6})\*{0,2}(?::|\s[–—-])\*{0,2}\s+(\S.{7,100})$/;

/** What numbered tasks are called, by the names of their files and the agent's own words. Memory is bounded. */
export class TaskNames {
  readonly #names = new Map<string, string>();

  addPath(path: string): void {
    const [, number, words] = PATH.exec(path) ?? [];
    if (number !== undefined && words !== undefined) this.#add(number, words.replace(/[-_]/g, ' '));
  }

  addMessage(message: string): void {
    for (const line of linesOf(message)) {
      const [, number, name] = LINE.exec(line.trim()) ?? [];
      if (number !== undefined && name !== undefined) this.#add(number, name.replace(/[*`.]+$/g, '').replaceAll('**', ''));
    }
  }

  /** The name of the first task that the text mentions by its number. */
  nameIn(text: string): string | undefined {
    return this.#names.get(MENTION.exec(text)?.[1] ?? '');
  }

  #add(number: string, name: string): void {
    if (!this.#names.has(number) && this.#names.size < NAMES_MAX) this.#names.set(number, clamp(oneLine(name), NAME_CHARS_MAX));
  }
}
