/** A line for the person at the terminal. */
export function say(line: string): void {
  process.stdout.write(`  ${line}\n`);
}

/** A person at a terminal wants to read what goes wrong, and nothing else. */
export const QUIET = { AI_MEMORY_LOG_LEVEL: 'warn' } as const;
