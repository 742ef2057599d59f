import { quantile, slowerThan } from './queries.mjs';

/** Where runbooks are read: docs/runbooks/<name>.md of the sources. */
export const RUNBOOKS = 'docs/runbooks/';

const bad = (status, where) => (range) => `(sum(rate(http_requests_total{${status},${where}}[${range}])) or vector(0)) / sum(rate(http_requests_total{${where}}[${range}]))`;
const slow = (seconds, timer, where) => (range) => slowerThan(seconds, timer, { where, range });

/** Objectives: the share of what may be bad, and how it is measured over a range. */
export const OBJECTIVES = [
  { name: 'CaptureAvailability', runbook: 'capture-failing', budget: 0.001, summary: 'Events are not acknowledged', ratio: bad('status=~"5.."', 'route=~"/hook.*"') },
  { name: 'CaptureLatency', runbook: 'capture-slow', budget: 0.01, summary: 'Acknowledging an event takes longer than 250 ms', ratio: slow(0.25, 'http_request_duration_seconds', 'route=~"/hook.*"') },
  { name: 'SearchLatency', runbook: 'search-slow', budget: 0.01, summary: 'Searches take longer than 250 ms', ratio: slow(0.25, 'bus_request_duration_seconds', 'subject="search.search-memories.v1"') },
  { name: 'HandoffLatency', runbook: 'handoff-slow', budget: 0.01, summary: 'Handoffs take longer than a second', ratio: slow(1, 'http_request_duration_seconds', 'route="/handoff"') },
  { name: 'Freshness', runbook: 'index-behind', budget: 0.01, summary: 'What is stored is found only after more than five seconds', ratio: slow(5, 'bus_event_age_seconds', 'listener="search"') },
];

/** Both the long and the short range must burn, so that an alert begins soon and ends soon. 14.4: two percent of a month's budget in an hour. */
const BURNS = [
  { factor: 14.4, long: '1h', short: '5m', wait: '2m', severity: 'page' },
  { factor: 6, long: '6h', short: '30m', wait: '15m', severity: 'page' },
  { factor: 1, long: '3d', short: '6h', wait: '1h', severity: 'ticket' },
];

function burnAlerts({ name, runbook, budget, summary, ratio }) {
  return BURNS.map(({ factor, long, short, wait, severity }) => ({
    alert: `${name}Burn${long}`, runbook, severity, for: wait,
    expr: `(${ratio(long)}) > ${Number((factor * budget).toPrecision(3))} and (${ratio(short)}) > ${Number((factor * budget).toPrecision(3))}`,
    summary: `${summary}: ${factor} times as often as the objective allows, over ${long}`,
  }));
}

const CAUSES = [
  { alert: 'ProcessDown', runbook: 'process-down', severity: 'page', for: '2m', expr: 'up{job="ai-memory"} == 0', summary: 'A process does not answer' },
  { alert: 'EventsFailing', runbook: 'capture-failing', severity: 'page', for: '5m', expr: 'sum by (reason) (rate(hook_events_failed_total[5m])) > 0.1', summary: 'Events can not be stored, and wait in spools' },
  { alert: 'OutboxOld', runbook: 'outbox-old', severity: 'page', for: '5m', expr: 'max by (app) (outbox_oldest_age_seconds) > 60', summary: 'Events wait to be published' },
  { alert: 'ListenerBehind', runbook: 'listener-behind', severity: 'page', for: '10m', expr: 'max by (subject, listener) (bus_consumer_pending) > 1000', summary: 'A listener does not keep up' },
  { alert: 'EventsRedelivered', runbook: 'listener-behind', severity: 'ticket', for: '15m', expr: 'max by (subject, listener) (bus_consumer_redelivered) > 10', summary: 'Events are given again and again' },
  { alert: 'DeadLetters', runbook: 'dead-letters', severity: 'ticket', for: '1m', expr: 'max(dead_letters) > 0', summary: 'Events were given up' },
  { alert: 'DatabaseUnavailable', runbook: 'database', severity: 'page', for: '2m', expr: 'sum(rate(database_transaction_duration_seconds_count{outcome="unavailable"}[5m])) > 0.1', summary: 'Postgres is not reachable, or has no room' },
  { alert: 'DatabaseConnectionsShort', runbook: 'database', severity: 'ticket', for: '10m', expr: 'max by (instance) (database_waiting) > 5', summary: 'Transactions wait for connections' },
  { alert: 'DatabaseSlow', runbook: 'database', severity: 'ticket', for: '10m', expr: `${quantile(0.99, 'database_transaction_duration_seconds', { range: '10m' })} > 2.5`, summary: 'Transactions are slow' },
  { alert: 'GitFailing', runbook: 'git-failing', severity: 'page', for: '5m', expr: 'sum by (command) (rate(git_command_duration_seconds_count{outcome="failed"}[5m])) > 0.05', summary: 'git fails' },
  { alert: 'RepositoriesUnreconciled', runbook: 'git-failing', severity: 'page', for: '1m', expr: 'sum(wiki_repositories_reconciled_total{outcome="failed"}) > 0', summary: 'Repositories could not be compared with the database at start' },
  { alert: 'ModelCallsFailing', runbook: 'models', severity: 'ticket', for: '15m', expr: 'sum by (provider) (rate(model_calls_total{outcome!="answered"}[15m])) / sum by (provider) (rate(model_calls_total[15m])) > 0.5', summary: 'Half of the calls of a language model fail' },
  { alert: 'ToolsFailing', runbook: 'mcp-tools', severity: 'ticket', for: '15m', expr: 'sum by (tool) (rate(mcp_tool_duration_seconds_count{outcome!="done"}[15m])) / sum by (tool) (rate(mcp_tool_duration_seconds_count[15m])) > 0.5', summary: 'Half of the calls of an MCP tool fail' },
  { alert: 'LimitsNotHeld', runbook: 'limits', severity: 'ticket', for: '5m', expr: 'sum(rate(limits_leases_total{outcome="failed"}[5m])) > 0', summary: 'Limits can not be counted, and do not hold' },
  { alert: 'SecretsGuessed', runbook: 'guesses', severity: 'ticket', for: '1m', expr: 'increase(auth_addresses_blocked_total[1h]) > 5', summary: 'Somebody guesses tokens or passwords' },
  { alert: 'EventLoopLate', runbook: 'process-slow', severity: 'ticket', for: '10m', expr: 'max by (instance) (process_eventloop_delay_seconds) > 0.5', summary: 'A process is late at its work' },
  { alert: 'SpoolsOld', runbook: 'spools-old', severity: 'ticket', for: '30m', expr: 'histogram_quantile(0.5, sum by (le) (rate(hook_event_age_seconds_bucket[30m]))) > 60', summary: 'Half of the events come out of spools, late' },
  { alert: 'CanarySurprised', runbook: 'canary', severity: 'page', for: '1m', expr: 'sum by (step) (increase(canary_surprises_total[15m])) > 1', summary: 'The canary found something that should not be' },
  { alert: 'CanarySilent', runbook: 'canary', severity: 'ticket', for: '5m', expr: 'time() - max(canary_last_success_timestamp_seconds) > 900', summary: 'The canary has had no clean round for 15 minutes' },
  { alert: 'BackupTooOld', runbook: 'backup-too-old', severity: 'page', for: '10m', expr: 'time() - max(backup_last_success_timestamp_seconds or kube_cronjob_status_last_successful_time{cronjob="backup"}) > 26 * 3600', summary: 'The last backup is older than 26 hours' },
];

export const ALERTS = [...OBJECTIVES.flatMap(burnAlerts), ...CAUSES];

/** As Prometheus takes them; `runbook_url` is a path in the sources, to be put behind the address where you keep them. */
export function rulesOf(alerts) {
  return {
    groups: [{
      name: 'ai-memory',
      rules: alerts.map(({ alert, expr, for: wait, severity, summary, runbook }) => ({
        alert, expr, for: wait, labels: { severity }, annotations: { summary, runbook_url: `${RUNBOOKS}${runbook}.md` },
      })),
    }],
  };
}
