import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../node_modules/@modelcontextprotocol/conformance/dist/index.js', import.meta.url));
const TIMEOUT_MS = 110_000;
const RESULT = /^(✓|✗) ([\w/.-]+): \d+ passed, \d+ failed$/gm;
const NOT_SCORED = /^ {2}[✓✗] ([\w/.-]+) \(/gm;

export interface SuiteRun {
  /** Of the suite itself: 0 where every scenario passed that the revision requires. */
  exitCode: number | null;
  passed: string[];
  failed: string[];
  output: string;
}

/** Runs what a revision of the protocol requires of a server; scenarios that the suite itself doesn't score are left out. */
export async function runSuite(url: string, revision: string): Promise<SuiteRun> {
  const cwd = mkdtempSync(join(tmpdir(), 'ai-memory-conformance-'));
  try {
    const child = spawn(process.execPath, [PROGRAM, 'server', '--url', url, '--requirements', revision], { cwd, stdio: ['ignore', 'pipe', 'pipe'], timeout: TIMEOUT_MS });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
    const unscored = [...output.matchAll(NOT_SCORED)].map(([, name]) => name!);
    const scored = [...output.matchAll(RESULT)].filter(([, , name]) => !unscored.includes(name!));
    const named = (mark: string): string[] => scored.filter(([, each]) => each === mark).map(([, , name]) => name!);
    return { exitCode, passed: named('✓'), failed: named('✗'), output };
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}
