import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { counter, gauge, timer } from '#libs/telemetry';
import { DEVIATES, refusal } from '../backup/backup.faults.js';
import { endOnSignals, openMetricsDoor } from '../metrics-door.js';
import { say } from '../say.js';
import { CanaryDoor } from './canary-door.js';
import { canaryRound, type StepResult } from './canary-round.js';

const rounds = counter('canary_rounds_total');
const surprises = counter('canary_surprises_total');
const durations = timer('canary_step_duration_seconds');

export interface CanaryOptions {
  serverUrl: string;
  tokenFile: string;
  strangerTokenFile?: string;
  /** Seconds from the end of one round to the next; one round alone without it. */
  every?: number;
  /** host:port */
  metrics?: string;
}

/** One round, which fails where it is surprised; or rounds until it is stopped, told in metrics. */
export async function canary({ serverUrl, tokenFile, strangerTokenFile, every, metrics }: CanaryOptions): Promise<void> {
  const door = new CanaryDoor(serverUrl, tokenIn(tokenFile));
  const stranger = strangerTokenFile === undefined ? undefined : new CanaryDoor(serverUrl, tokenIn(strangerTokenFile));
  if (metrics !== undefined) await serveMetrics(metrics);
  endOnSignals();
  for (;;) {
    const results = await canaryRound(door, stranger);
    tell(results);
    if (every === undefined) return failIfSurprised(results);
    await sleep(every * 1_000);
  }
}

let lastClean = 0;

function tell(results: readonly StepResult[]): void {
  for (const { step, seconds, surprise } of results) {
    durations.record(seconds, { step });
    surprises.add(surprise === null ? 0 : 1, { step });
    say(`${new Date().toISOString()} ${step} ${surprise ?? `ok, ${seconds.toFixed(2)} s`}`);
  }
  const isClean = results.every(({ surprise }) => surprise === null);
  rounds.add(1, { outcome: isClean ? 'clean' : 'surprised' });
  if (isClean) lastClean = Date.now() / 1_000;
}

function failIfSurprised(results: readonly StepResult[]): void {
  const surprised = results.filter(({ surprise }) => surprise !== null);
  if (surprised.length > 0) throw refusal(DEVIATES, `The canary was surprised: ${surprised.map(({ step, surprise }) => `${step}: ${surprise}`).join('; ')}.`);
}

async function serveMetrics(bind: string): Promise<void> {
  await openMetricsDoor('ai-memory-canary', bind);
  gauge('canary_last_success_timestamp_seconds', () => [[lastClean]]);
}

function tokenIn(path: string): string {
  return readFileSync(path, 'utf8').trim();
}
