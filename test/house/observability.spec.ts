import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type MetricDeclaration, type MetricName, METRICS } from '#libs/telemetry';
import { codeOf, filesOf, readText } from './source-files.js';

interface Alert { alert: string; expr: string; severity: string; runbook: string }
interface Dashboard { uid: string; panels: [title: string, unit: string, queries: [expr: string, legend: string][]][] }

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
// Plain JavaScript, which the build leaves alone.
const from = async <T>(path: string): Promise<T> => (await import(new URL(`../../${path}`, import.meta.url).href)) as T;
const { DASHBOARDS } = await from<{ DASHBOARDS: Dashboard[] }>('deploy/observability/source/dashboards.mjs');
const { ALERTS } = await from<{ ALERTS: Alert[] }>('deploy/observability/source/alerts.mjs');
const { generatedFiles, isCurrent } = await from<{ generatedFiles(): Record<string, string>; isCurrent(path: string, content: string): boolean }>('scripts/dashboards.mjs');
const { findPrometheus } = await from<{ findPrometheus(program: string): string | undefined }>('scripts/prometheus.mjs');

/** What others than our processes export: Prometheus itself, and Kubernetes of its CronJobs. */
const FOREIGN = ['up', 'kube_cronjob_status_last_successful_time'];
const OF_OTHERS = ['le', 'job', 'instance', 'cronjob'];
const WORDS = /\b[a-z]+(?:_[a-z]+)+\b/g;
const FUNCTIONS = ['histogram_quantile'];
/** A second, on a machine that does nothing else. */
const PROMTOOL_TIMEOUT_MS = 60_000;

const expressions = [
  ...DASHBOARDS.flatMap(({ uid, panels }) => panels.flatMap(([title, , queries]) => queries.map(([expr]) => ({ where: `${uid}: ${title}`, expr })))),
  ...ALERTS.map(({ alert, expr }) => ({ where: alert, expr })),
];

/** `_bucket`, `_sum` and `_count` are a timer's. */
function declared(name: string): MetricName | undefined {
  if (name in METRICS) return METRICS[name as MetricName].kind === 'timer' ? undefined : (name as MetricName);
  const timer = name.replace(/_(bucket|sum|count)$/, '');
  return METRICS[timer as MetricName]?.kind === 'timer' ? (timer as MetricName) : undefined;
}

function metricsIn(expr: string): string[] {
  return [...new Set(expr.replaceAll(/"[^"]*"/g, '""').match(WORDS) ?? [])].filter((word) => !FUNCTIONS.includes(word) && !word.startsWith('__') && word !== 'rate_interval');
}

/** Those in selectors and in `by (…)`. */
function labelsIn(expr: string): string[] {
  const selected = Array.from(expr.matchAll(/[{,]\s*([a-z_]+)\s*(?:=~|!~|!=|=)/g), (match) => match[1]!);
  const grouped = Array.from(expr.matchAll(/by \(([^)]*)\)/g), (match) => match[1]!.split(',').map((label) => label.trim())).flat();
  return [...new Set([...selected, ...grouped])].filter((label) => label !== '');
}

describe('metrics', () => {
  const product = [...filesOf('apps'), ...filesOf('libs')].filter((file) => !file.isTest && !file.path.endsWith('metric-catalogue.ts')).map(codeOf).join('\n');

  it.each(Object.keys(METRICS))('of the catalogue are all made: %s', (name) => {
    expect(new RegExp(`(counter|timer|gauge|createObservableCounter)\\(.${name}.`).test(product)).toBe(true);
  });
});

describe('dashboards and alerts', () => {
  it.each(expressions)('ask for metrics that there are: $where', ({ expr }) => {
    const names = metricsIn(expr);
    const known = names.filter((name) => declared(name) !== undefined || FOREIGN.includes(name));
    expect(names.filter((name) => !known.includes(name))).toEqual([]);
    expect(known.length + Number(/\bup\{/.test(expr))).toBeGreaterThan(0);
  });

  it.each(expressions)('ask for labels that those have: $where', ({ expr }) => {
    const has = new Set(metricsIn(expr).flatMap((name): readonly string[] => METRICS[declared(name)!]?.labels ?? []));
    expect(labelsIn(expr).filter((label) => !has.has(label) && !OF_OTHERS.includes(label))).toEqual([]);
  });

  it.each(expressions.filter(({ expr }) => /\ble=/.test(expr)))('ask for buckets that there are: $where', ({ expr }) => {
    for (const [, name, number] of expr.matchAll(/(\w+)_bucket\{le=~?"([\d.]+)/g)) {
      expect((METRICS[name as MetricName] as MetricDeclaration).buckets).toContain(Number(number));
    }
  });

  it.each(Object.entries(generatedFiles()))('are as their source says: %s', (path, content) => {
    expect(isCurrent(path, content), 'run: npm run dashboards').toBe(true);
  });
});

describe('alerts', () => {
  it('have names of their own', () => {
    expect(new Set(ALERTS.map(({ alert }) => alert)).size).toBe(ALERTS.length);
  });

  it.each([...new Set(ALERTS.map(({ runbook }) => runbook))])('lead to a runbook that says what it means, where to look, and what to do: %s', (runbook) => {
    const path = `docs/runbooks/${runbook}.md`;
    expect(existsSync(`${ROOT}${path}`), path).toBe(true);
    for (const heading of ['**Means.**', '**Look.**']) expect(readText(path)).toContain(heading);
  });

  it('fire where they should, and are quiet where they should be', () => {
    const promtool = findPrometheus('promtool');
    expect(promtool, 'npm test fetches promtool where apt is; else install Prometheus').toBeDefined();
    const { status, stdout, stderr } = spawnSync(promtool!, ['test', 'rules', 'alerts.test.yaml'], { cwd: `${ROOT}deploy/observability`, encoding: 'utf8' });
    expect(status, stdout + stderr).toBe(0);
    expect(readFileSync(`${ROOT}deploy/observability/alerts.test.yaml`, 'utf8')).toContain('ALERTS{alertname=');
  }, PROMTOOL_TIMEOUT_MS);
});
