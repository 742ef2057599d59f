import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readHookEvent } from '#libs/agents';
import { generatedText } from '../bench/generated-text.js';
import { ROOT } from '../system/product.js';

/** One event as a hook sends it: the path with its query, and the JSON of its body. */
export interface HookCall {
  path: string;
  body: string;
}

interface Recorded {
  event: string;
  payload: Record<string, unknown>;
}

/** What an agent once sent: how its session begins, what comes again and again in it, and how it ends. */
interface Recording {
  agent: string;
  start: Recorded;
  steps: readonly Recorded[];
  end: Recorded;
}

/** As the recordings say of themselves; what stands in for it is unique to a session. */
const NATIVE_ID = 'native-id-of-the-session';
const TEXT = 'text-of-the-step';
const AGENTS = ['claude-code', 'codex', 'gemini-cli'];
const TEXTS = 4_096;
/** Of the texts, and of queries for them. */
export const TEXT_SEED = 7;

/** Sessions of one user in one project at a time: each goes on by a step for each call, ends after so many, and is followed by the next. */
export class RecordedSessions {
  private readonly running: { recording: Recording; id: string; step: number }[];
  private calls = 0;

  /** `sessions` are under way from the start, each at another step, so that they do not all end at once; nor do those of other users, each of whom has another `phase`, from 0 to below 1. */
  constructor(private readonly place: string, sessions: number, private readonly stepsMax: number, private readonly source: PayloadSource, phase = 0) {
    this.running = Array.from({ length: sessions }, (_, index) => ({ recording: source.recording(index), id: randomUUID(), step: 1 + Math.floor(((index + phase) * stepsMax) / sessions) }));
  }

  /** The next event of the session whose turn it is. */
  next(): HookCall {
    this.calls += 1;
    return this.stepOf(this.calls % this.running.length);
  }

  /** The next events of one session, as a spool sends them. */
  nextBatch(size: number): HookCall[] {
    this.calls += 1;
    const index = this.calls % this.running.length;
    return Array.from({ length: size }, () => this.stepOf(index));
  }

  private stepOf(index: number): HookCall {
    const session = this.running[index]!;
    const { recording, id, step } = session;
    session.step += 1;
    if (step >= this.stepsMax) this.running[index] = { recording: this.source.recording(index + this.calls), id: randomUUID(), step: 0 };
    const { event, payload } = step === 0 ? recording.start : step >= this.stepsMax ? recording.end : recording.steps[step % recording.steps.length]!;
    const path = `/hook?event=${event}&agent=${recording.agent}&ingest_key=${randomUUID()}${this.place}`;
    return { path, body: this.source.bodyOf(payload, id) };
  }
}

/** Payloads as agents sent them, with other ids and other texts each time: the same text again would be indexed for nothing. */
export class PayloadSource {
  private readonly recordings = AGENTS.map(recordingOf);
  private readonly texts: readonly string[];
  private readonly bodies = new Map<object, string>();
  private used = 0;

  constructor() {
    const source = generatedText(TEXT_SEED);
    this.texts = Array.from({ length: TEXTS }, (_, index) => JSON.stringify(source.document(index)).slice(1, -1));
  }

  recording(index: number): Recording {
    return this.recordings[index % this.recordings.length]!;
  }

  bodyOf(payload: object, nativeSessionId: string): string {
    const known = this.bodies.get(payload) ?? this.bodies.set(payload, JSON.stringify(payload)).get(payload)!;
    this.used += 1;
    return known.replaceAll(NATIVE_ID, nativeSessionId).replaceAll(TEXT, `${this.texts[this.used % TEXTS]!} ${this.used}`);
  }
}

function recordingOf(agent: string): Recording {
  const lines = readFileSync(join(ROOT, 'test', 'fixtures', agent, '_session.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Recorded);
  const id = String(lines[0]!.payload.session_id);
  const kept = lines.filter((each) => isKept(agent, each)).map(({ event, payload }) => ({ event, payload: withText(JSON.parse(JSON.stringify(payload).replaceAll(id, NATIVE_ID)) as Recorded['payload']) }));
  const of = (kind: string): Recorded => kept.find(({ event }) => event === kind)!;
  const [start, end] = [of('SessionStart'), of('SessionEnd')];
  return { agent, start, end, steps: kept.filter((each) => each !== start && each !== end) };
}

/** Of what a recording holds, some is never stored. */
function isKept(agent: string, { event, payload }: Recorded): boolean {
  return readHookEvent({ agent, event, payload, receivedAt: new Date(0), fallback: { sessionId: undefined, cwd: undefined } }).outcome === 'event';
}

/** With room for a text where the recording has one. */
function withText(payload: Record<string, unknown>): Record<string, unknown> {
  if (typeof payload.prompt === 'string') return { ...payload, prompt: `${payload.prompt} ${TEXT}` };
  const { tool_response: response } = payload;
  if (typeof response === 'string') return { ...payload, tool_response: `${response} ${TEXT}` };
  if (typeof response === 'object' && response !== null && 'stdout' in response) return { ...payload, tool_response: { ...response, stdout: `${String(response.stdout)} ${TEXT}` } };
  return payload;
}
