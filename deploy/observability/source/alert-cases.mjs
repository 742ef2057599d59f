const MINUTES = 'x240';

/** Four hours of a series, one value a minute: `start+step x count`, as promtool writes it. */
function series(name, labels, values) {
  const inside = Object.entries(labels).map(([key, value]) => `${key}="${value}"`).join(',');
  return { series: inside ? `${name}{${inside}}` : name, values: values + MINUTES };
}

const constant = (name, labels, value) => series(name, labels, `${value}+0`);
const growing = (name, labels, step) => series(name, labels, `0+${step}`);

const requests = (route, bad) => [growing('http_requests_total', { route, status: '202' }, 100 - bad), growing('http_requests_total', { route, status: '503' }, bad)];
const timed = (timer, labels, le, slow) => [growing(`${timer}_bucket`, { ...labels, le }, 100 - slow), growing(`${timer}_bucket`, { ...labels, le: '+Inf' }, 100), growing(`${timer}_count`, labels, 100)];

const burning = {
  CaptureAvailability: (bad) => requests('/hook', bad),
  CaptureLatency: (slow) => timed('http_request_duration_seconds', { route: '/hook' }, '0.25', slow),
  SearchLatency: (slow) => timed('bus_request_duration_seconds', { subject: 'search.search-memories.v1' }, '0.25', slow),
  HandoffLatency: (slow) => timed('http_request_duration_seconds', { route: '/handoff' }, '1', slow),
  Freshness: (slow) => timed('bus_event_age_seconds', { listener: 'search' }, '5', slow),
};

const BURNS = Object.entries(burning).flatMap(([name, made]) => ['1h', '6h', '3d'].map((range) => ({ alert: `${name}Burn${range}`, fires: made(50), quiet: made(0) })));

const of = (alert, fires, quiet) => ({ alert, fires: [fires].flat(), quiet: [quiet].flat() });
const SUBJECT = { subject: 's', listener: 'l' };

export const CASES = [
  ...BURNS,
  of('ProcessDown', constant('up', { job: 'ai-memory' }, 0), constant('up', { job: 'ai-memory' }, 1)),
  of('EventsFailing', growing('hook_events_failed_total', { reason: 'unavailable' }, 60), growing('hook_events_failed_total', { reason: 'unavailable' }, 1)),
  of('OutboxOld', constant('outbox_oldest_age_seconds', { app: 'capture' }, 90), constant('outbox_oldest_age_seconds', { app: 'capture' }, 2)),
  of('ListenerBehind', constant('bus_consumer_pending', SUBJECT, 5000), constant('bus_consumer_pending', SUBJECT, 50)),
  of('EventsRedelivered', constant('bus_consumer_redelivered', SUBJECT, 20), constant('bus_consumer_redelivered', SUBJECT, 1)),
  of('DeadLetters', constant('dead_letters', {}, 1), constant('dead_letters', {}, 0)),
  of('DatabaseUnavailable', growing('database_transaction_duration_seconds_count', { outcome: 'unavailable' }, 60), growing('database_transaction_duration_seconds_count', { outcome: 'committed' }, 600)),
  of('DatabaseConnectionsShort', constant('database_waiting', { instance: 'i' }, 10), constant('database_waiting', { instance: 'i' }, 0)),
  of('DatabaseSlow', [growing('database_transaction_duration_seconds_bucket', { le: '2.5' }, 50), growing('database_transaction_duration_seconds_bucket', { le: '10' }, 100), growing('database_transaction_duration_seconds_bucket', { le: '+Inf' }, 100)],
    [growing('database_transaction_duration_seconds_bucket', { le: '0.1' }, 100), growing('database_transaction_duration_seconds_bucket', { le: '+Inf' }, 100)]),
  of('GitFailing', growing('git_command_duration_seconds_count', { command: 'commit', outcome: 'failed' }, 60), growing('git_command_duration_seconds_count', { command: 'commit', outcome: 'done' }, 60)),
  of('RepositoriesUnreconciled', constant('wiki_repositories_reconciled_total', { outcome: 'failed' }, 1), constant('wiki_repositories_reconciled_total', { outcome: 'current' }, 1)),
  of('ModelCallsFailing', [growing('model_calls_total', { provider: 'p', outcome: 'lost' }, 60)], [growing('model_calls_total', { provider: 'p', outcome: 'answered' }, 60)]),
  of('ToolsFailing', growing('mcp_tool_duration_seconds_count', { tool: 't', outcome: 'tool_error' }, 60), growing('mcp_tool_duration_seconds_count', { tool: 't', outcome: 'done' }, 60)),
  of('LimitsNotHeld', growing('limits_leases_total', { outcome: 'failed' }, 1), growing('limits_leases_total', { outcome: 'leased' }, 60)),
  of('SecretsGuessed', growing('auth_addresses_blocked_total', {}, 1), constant('auth_addresses_blocked_total', {}, 7)),
  of('EventLoopLate', constant('process_eventloop_delay_seconds', { instance: 'i' }, 1), constant('process_eventloop_delay_seconds', { instance: 'i' }, 0)),
  of('SpoolsOld', [growing('hook_event_age_seconds_bucket', { le: '60' }, 10), growing('hook_event_age_seconds_bucket', { le: '600' }, 100), growing('hook_event_age_seconds_bucket', { le: '+Inf' }, 100)],
    [growing('hook_event_age_seconds_bucket', { le: '1' }, 100), growing('hook_event_age_seconds_bucket', { le: '+Inf' }, 100)]),
  of('CanarySurprised', growing('canary_surprises_total', { step: 'find' }, 1), constant('canary_surprises_total', { step: 'find' }, 3)),
  of('CanarySilent', constant('canary_last_success_timestamp_seconds', {}, 0), series('canary_last_success_timestamp_seconds', {}, '0+60')),
  of('BackupTooOld', [constant('backup_last_success_timestamp_seconds', {}, -100000), constant('kube_cronjob_status_last_successful_time', { cronjob: 'backup' }, -100000)],
    [constant('backup_last_success_timestamp_seconds', {}, -100000), constant('kube_cronjob_status_last_successful_time', { cronjob: 'backup' }, 0)]),
];

const EVALUATED_AT = '4h';

/** A file for `promtool test rules`: a world in which every alert fires, and one in which none does. */
export function ruleTestsOf(alerts, rulesFile) {
  const world = (name, isFiring) => ({
    interval: '1m', name, input_series: merged(CASES.map((each) => (isFiring ? each.fires : each.quiet))),
    promql_expr_test: alerts.map(({ alert }) => ({
      expr: `count(ALERTS{alertname="${alert}",alertstate="firing"} > 0) or vector(0)`, eval_time: EVALUATED_AT, exp_samples: [{ labels: '{}', value: isFiring ? 1 : 0 }],
    })),
  });
  return { rule_files: [rulesFile], evaluation_interval: '5m', tests: [world('every alert fires', true), world('none does', false)] };
}

function merged(lists) {
  return [...new Map(lists.flat().map((each) => [each.series, each])).values()];
}
