import type { Laptop } from './command-line.js';

/** Starts `ai-memory login` and gives the code that it shows, and its end. */
export function beginLogin(laptop: Laptop, url: string): { code: Promise<string>; ended: Promise<{ status: number | null; stdout: string; stderr: string }> } {
  const child = laptop.start(['login', url]);
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()));
  const code = new Promise<string>((resolve) => child.stderr.on('data', (chunk: Buffer) => {
    said.stderr += chunk.toString();
    const shown = /\b[B-Z]{4}-[B-Z]{4}\b/.exec(said.stderr);
    if (shown) resolve(shown[0]);
  }));
  child.stdin.end();
  return { code, ended: new Promise((resolve) => child.once('close', (status) => resolve({ status, ...said }))) };
}
