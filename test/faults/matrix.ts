import { type Cell, emptyBecause, FULL_LENGTHS, helpWith, MATRIX, nameOf, startsService } from './cells.js';
import { type CycleResult, type InTurn, type Recovery, runCycle } from './cycle.js';
import { type Installation, SERVICES, startInstallation } from './installation.js';

/**
 * `npm run test:faults`: all that may happen to a service, to Postgres or to NATS, under load, and what came of it. FAULTS_CYCLES: how often (1). FAULTS_SEED:
 * which load (printed). FAULTS_CELLS: only cells whose names hold one of these, separated by commas. FAULTS_INSTALLATIONS: how many are struck side by side, each
 * in cycles of its own (1); FAULTS_PACE_MS: how long each worker of a load rests between two things (20).
 */
const CYCLES = Number(process.env.FAULTS_CYCLES ?? 1);
const SEED = Number(process.env.FAULTS_SEED ?? Date.now() % 1_000_000);
const WANTED = (process.env.FAULTS_CELLS ?? '').split(',').filter(Boolean);
const INSTALLATIONS = Math.min(CYCLES, Number(process.env.FAULTS_INSTALLATIONS ?? 1));
const WORKERS = { events: 4, batches: 2, pages: 2, handoffs: 1, paceMs: Number(process.env.FAULTS_PACE_MS ?? 20) };

const RECOVERY_MS_MAX = 10_000;
const FIRST_EVENT_MS_MAX = 15_000;
const DISK_RECOVERY_MS_MAX = 30_000;
/** Of what the services logged, where a cycle could not be brought to its end. */
const LINES_TOLD = 20;

interface Row {
  cell: Cell;
  results: CycleResult[];
  complaints: string[];
}

const isWanted = (name: string): boolean => WANTED.length === 0 || WANTED.some((part) => name.includes(part));

/** In rounds over all cells; whichever installation is through with one takes the next. Each begins elsewhere: else all would be starting services at the same time. */
async function runMatrix(installations: readonly Installation[]): Promise<Row[]> {
  const rows = MATRIX.filter((cell) => isWanted(nameOf(cell))).map((cell): Row => ({ cell, results: [], complaints: [] }));
  let begun = 0;
  const runCycles = async (on: Installation, place: number): Promise<void> => {
    const first = Math.floor((place * rows.length) / installations.length);
    while (begun < CYCLES) {
      const cycle = begun++;
      const seeded = rows.map((row, index) => ({ row, seed: SEED + cycle * rows.length + index }));
      for (const { row, seed } of [...seeded.slice(first), ...seeded.slice(0, first)]) await runRow(on, row, seed);
      print(rows, on);
    }
  };
  await Promise.all(installations.map(runCycles));
  return rows;
}

let started: Promise<unknown> = Promise.resolve();

/** Of several installations' services that start at the same moment each would show what the others take of the machine. */
const oneStartAtATime: InTurn = (cell, recovery) => {
  if (!startsService(cell)) return recovery();
  const own = started.then(recovery);
  started = own.catch(() => undefined);
  return own;
};

async function runRow(on: Installation, row: Row, seed: number): Promise<void> {
  if (emptyBecause(row.cell, on)) return;
  const name = `${nameOf(row.cell)}, seed ${seed}`;
  const complaints: string[] = [];
  try {
    const result = await runCycle(on, [row.cell], seed, FULL_LENGTHS, WORKERS, oneStartAtATime);
    const [{ recoveredMs, firstEventMs }] = result.recoveries as [Recovery];
    console.log(`${name}: ${result.acknowledged} acknowledged, recovered in ${seconds(recoveredMs)}, first event ${seconds(firstEventMs)}`);
    row.results.push(result);
    complaints.push(...complaintsOf(row.cell, result).map((complaint) => `${name}: ${complaint}`));
  } catch (error) {
    complaints.push(`${name}: ${(error as Error).message}`, ...lastSaid(on));
  }
  for (const complaint of complaints) console.log(complaint);
  row.complaints.push(...complaints);
}

const lastSaid = (on: Installation): string[] => on.product.output().trimEnd().split('\n').slice(-LINES_TOLD);

function complaintsOf({ target, fault }: Cell, { words, recoveries, unmannerly, regretted }: CycleResult): string[] {
  const [{ recoveredMs, firstEventMs }] = recoveries as [Recovery];
  const isService = SERVICES.some((service) => service === target);
  const bound = fault === 'disk full' ? DISK_RECOVERY_MS_MAX : isService ? RECOVERY_MS_MAX : FIRST_EVENT_MS_MAX;
  return [
    ...words,
    ...(recoveredMs > bound ? [`recovered after ${seconds(recoveredMs)}, more than ${seconds(bound)}`] : []),
    ...(firstEventMs > Math.max(bound, FIRST_EVENT_MS_MAX) ? [`first event acknowledged after ${seconds(firstEventMs)}`] : []),
    ...[...unmannerly].map(([answer, count]) => `${count} times: ${answer}`),
    ...(unmannerly.size > 0 ? regretted : []),
  ];
}

function print(rows: readonly Row[], on: Installation): void {
  console.log(`\n${'cell'.padEnd(24)} cycles  acknowledged  lost  twice  recovery (worst)  first event (worst)  complaints`);
  for (const { cell, results, complaints } of rows) {
    const empty = emptyBecause(cell, on);
    const count = (rule: string): number => results.reduce((sum, { violations }) => sum + violations.filter((each) => each.rule === rule).reduce((all, { items }) => all + items.length, 0), 0);
    const worst = (of: (recovery: Recovery) => number): string => (results.length === 0 ? '–' : seconds(Math.max(...results.flatMap(({ recoveries }) => recoveries).map(of))));
    const figures = [
      String(results.length).padStart(6), String(results.reduce((sum, { acknowledged }) => sum + acknowledged, 0)).padStart(13), String(count('lost')).padStart(5), String(count('twice')).padStart(6),
      worst(({ recoveredMs }) => recoveredMs).padStart(17), worst(({ firstEventMs }) => firstEventMs).padStart(20), String(complaints.length).padStart(11), ` ${helpWith(cell)}`,
    ];
    console.log(`${nameOf(cell).padEnd(24)} ${empty ?? figures.join(' ')}`);
  }
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

async function startInstallations(): Promise<Installation[]> {
  const installations: Installation[] = [];
  while (installations.length < INSTALLATIONS) installations.push(await startInstallation({ isPostgresClockFaked: isWanted('postgres × clock jump') }));
  return installations;
}

console.log(`seed ${SEED}; FAULTS_SEED=${SEED} repeats the load`);
const installations = await startInstallations();
const stop = (): Promise<unknown> => Promise.all(installations.map((on) => on.stop()));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop().finally(() => process.exit(1)));
try {
  const complaints = (await runMatrix(installations)).flatMap((row) => row.complaints);
  console.log(complaints.length === 0 ? '\nNothing lost, nothing twice.' : `\n${complaints.join('\n')}`);
  process.exitCode = complaints.length === 0 ? 0 : 1;
} finally {
  await stop();
}
