import type { Sink } from './printer.js';

const WIDTH_CHARS = 24;
const CLEAR_LINE = '\r\u001b[2K';

/** A bar for long work, on a terminal alone: elsewhere nothing is written. */
export class Progress {
  constructor(private readonly sink: Sink, private readonly what: string) {}

  show(done: number, total: number): void {
    if (!this.sink.isTTY || total === 0) return;
    const filled = Math.round((done / total) * WIDTH_CHARS);
    this.sink.write(`${CLEAR_LINE}${this.what} ${'█'.repeat(filled)}${'░'.repeat(WIDTH_CHARS - filled)} ${done}/${total}`);
  }

  /** Takes the bar away. */
  end(): void {
    if (this.sink.isTTY) this.sink.write(CLEAR_LINE);
  }
}
