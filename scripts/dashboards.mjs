import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { METRICS } from '#libs/telemetry';
import { ruleTestsOf } from '../deploy/observability/source/alert-cases.mjs';
import { ALERTS, rulesOf } from '../deploy/observability/source/alerts.mjs';
import { DASHBOARDS } from '../deploy/observability/source/dashboards.mjs';
import { grafanaOf } from '../deploy/observability/source/grafana.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const MADE = '# Made by `npm run dashboards` of deploy/observability/source.\n';

/** What is made of deploy/observability/source and of the metrics in the code, by path. */
export function generatedFiles() {
  const files = DASHBOARDS.map((dashboard) => [`deploy/grafana/${dashboard.uid}.json`, `${JSON.stringify(grafanaOf(dashboard), null, 2)}\n`]);
  return Object.fromEntries([
    ...files,
    ['deploy/observability/alerts.yaml', MADE + stringify(rulesOf(ALERTS), { lineWidth: 0 })],
    ['deploy/observability/alerts.test.yaml', MADE + stringify(ruleTestsOf(ALERTS, 'alerts.yaml'), { lineWidth: 0, aliasDuplicateObjects: false })],
    ['docs/metrics.md', metricsPage()],
  ]);
}

function metricsPage() {
  const rows = Object.entries(METRICS).map(([name, { kind, help, labels }]) => `| \`${name}\` | ${kind} | ${labels.map((label) => `\`${label}\``).join(', ') || '–'} | ${help} |`);
  return `# Metrics

Every process answers \`/metrics\` in Prometheus' text format ([operate.md](operate.md)). A timer is a histogram: \`_bucket\`, \`_sum\`, \`_count\`. Made by \`npm run dashboards\` of
\`libs/telemetry/src/metric-catalogue.ts\`; [dashboards](../deploy/grafana/README.md) and [alerts](../deploy/observability/alerts.yaml) use no others.

| metric | kind | labels | |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}

export function isCurrent(path, content) {
  try {
    return readFileSync(join(ROOT, path), 'utf8') === content;
  } catch {
    return false;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, content] of Object.entries(generatedFiles())) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), content);
  }
}
