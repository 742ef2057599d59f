import type { Writable } from 'node:stream';
import { cleanText } from '#libs/redaction';
import { type Style, styleOf } from './style.js';
import { table } from './table.js';

/** A place for text; `isTTY` and `columns` as Node's own streams have them. */
export type Sink = Pick<Writable, 'write'> & { isTTY?: boolean; columns?: number };

export interface PrinterOptions {
  isJson: boolean;
  mayColour: boolean;
}

/** Answers go to stdout, remarks about them to stderr: the first is for the next program, the second for a person. */
export class Printer {
  readonly style: Style;
  private readonly noteStyle: Style;

  constructor(private readonly stdout: Sink, private readonly stderr: Sink, private readonly options: PrinterOptions) {
    this.style = styleOf(options.mayColour && !options.isJson && stdout.isTTY === true);
    this.noteStyle = styleOf(options.mayColour && stderr.isTTY === true);
  }

  get isJson(): boolean {
    return this.options.isJson;
  }

  /** The command's answer: the value as JSON where that is asked for, else what people get to read. */
  answer(value: unknown, forPeople: () => string): void {
    this.write(this.options.isJson ? JSON.stringify(value, null, 2) : forPeople());
  }

  /** Text that came from elsewhere: without what would steer the terminal. */
  foreign(text: string): string {
    return this.stdout.isTTY ? cleanText(text) : text;
  }

  /** A line to stdout. Nothing for nothing. */
  write(text: string): void {
    if (text !== '') this.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  }

  /** A remark for people; none while JSON is asked for. */
  note(line: string): void {
    if (!this.options.isJson) this.stderr.write(`${this.noteStyle.dim(cleanText(line))}\n`);
  }

  /** The one line of a command that failed. */
  failure(sentence: string): void {
    this.stderr.write(`${this.noteStyle.red('ai-memory:')} ${cleanText(sentence).replace(/\s*\n\s*/g, ' ').trim()}\n`);
  }

  table(head: readonly string[], rows: readonly (readonly string[])[]): string {
    return table(head, rows, { style: this.style, widthChars: this.stdout.isTTY ? this.stdout.columns : undefined });
  }
}
