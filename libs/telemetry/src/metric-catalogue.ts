/** What a metric is; its unit stands in its name. */
export interface MetricDeclaration {
  readonly kind: 'counter' | 'timer' | 'gauge';
  readonly help: string;
  /** Each from a small closed set: never a path, a session or a name that people chose, and `organisation` is a hash, of at most 50. */
  readonly labels: readonly string[];
  /** Of a timer, in seconds. Each is a series for each set of labels: few, and those that objectives are about. */
  readonly buckets?: readonly number[];
}

const DURATION_BUCKETS = [0.005, 0.025, 0.1, 0.25, 1, 2.5, 10];
/** A spool may hold hours. */
const AGE_BUCKETS = [0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 600, 3_600];

const counter = (help: string, ...labels: string[]): MetricDeclaration => ({ kind: 'counter', help, labels });
const timer = (help: string, ...labels: string[]): MetricDeclaration => ({ kind: 'timer', help, labels, buckets: DURATION_BUCKETS });
const age = (help: string, ...labels: string[]): MetricDeclaration => ({ kind: 'timer', help, labels, buckets: AGE_BUCKETS });
const gauge = (help: string, ...labels: string[]): MetricDeclaration => ({ kind: 'gauge', help, labels });

/** Every metric of the product. Dashboards, alerts and docs/metrics.md are checked against it. */
export const METRICS = {
  access_refused_total: counter('Requests that were refused for who made them.', 'action', 'code'),
  auth_addresses_blocked_total: counter('Addresses that had to wait, because they guessed secrets.'),
  auth_failures_total: counter('Tokens that did not authenticate: `mistyped` (by their checksum alone), `unknown`, `expired`, `blocked`.', 'reason'),
  backup_last_success_timestamp_seconds: gauge('When the newest backup was begun: what was acknowledged before is in it.'),
  bus_consumer_pending: gauge('Events that a listener has not been given yet (NATS).', 'subject', 'listener'),
  bus_consumer_redelivered: gauge('Events that a listener was given again and has not done with (NATS).', 'subject', 'listener'),
  bus_consumer_unacknowledged: gauge('Events that a listener was given and has not done with (NATS).', 'subject', 'listener'),
  bus_event_age_seconds: age('From the commit of a change to the end of handling its event: how far compiling, index and the like are behind.', 'subject', 'listener'),
  bus_event_duration_seconds: timer('Handling an event; `outcome` is `done`, `refused` (not found, not valid) or `failed`.', 'subject', 'listener', 'outcome'),
  bus_request_duration_seconds: timer('Serving a request of another app; `outcome` is `done`, `refused` or `failed`.', 'subject', 'outcome'),
  bus_stream_bytes: gauge('Size of the stream of events (NATS).'),
  bus_stream_messages: gauge('Messages in the stream of events (NATS).'),
  canary_last_success_timestamp_seconds: gauge('When a round of the canary last found everything as it should be.'),
  canary_rounds_total: counter('Rounds of the canary: `clean`, `surprised`.', 'outcome'),
  canary_step_duration_seconds: age('Steps of the canary, until what is expected is so.', 'step'),
  canary_surprises_total: counter('What the canary found not to be as it should be.', 'step'),
  database_connections: gauge('Connections of the pool: `used`, `idle`.', 'state'),
  database_connections_max: gauge('Connections that the pool may hold.'),
  database_size_bytes: gauge('Size of the database on disk.'),
  database_transaction_duration_seconds: timer('Transactions; `kind` is `write`, `derive` (of what can be made again), `snapshot` or `erase`, `outcome` is `committed`, `refused` (by a fault), `unavailable` or `failed`.', 'kind', 'outcome'),
  database_waiting: gauge('Transactions that wait for a connection of the pool.'),
  dead_letters: gauge('Events that were given up, and wait for an operator.'),
  dead_letters_buried_total: counter('Events that were given up after the last attempt.', 'subject', 'listener'),
  git_command_duration_seconds: timer('Commands of git; `outcome` is `done` or `failed`.', 'command', 'outcome'),
  guesses_total: counter('Secrets that were `wrong`, and those `refused` unseen because too many before had been; `kind` is `token`, `password`, `user-code`, `grant`, `state` or `invitation`.', 'kind', 'outcome'),
  handoff_deliveries_total: counter('Answers to GET /handoff: `claimed`, `consumed_by_hook`, `none_pending`, `failed`.', 'outcome'),
  hook_event_age_seconds: age('From when an event happened, as its client tells, to its being stored: what a spool held shows here. Imported events are left out.'),
  hook_events_accepted_total: counter('Events stored.', 'kind'),
  hook_events_dropped_total: counter('Events that are not kept: `noise`, `policy`, `placeholder`, `no-session`, `subagent`, `dropped_collision`, `dropped_policy` (a purged session), `event`, `body`, `depth`.', 'reason'),
  hook_events_duplicate_total: counter('Events that were here already: `replayed`, `ignored_end`.', 'reason'),
  hook_events_failed_total: counter('Events that could not be stored and should be sent again, by the code of the fault.', 'reason'),
  http_request_duration_seconds: timer('From the first byte of a request to the last of its answer.', 'method', 'route'),
  http_requests_total: counter('Requests answered.', 'method', 'route', 'status'),
  limits_leases_total: counter('Round trips for parts of quotas: `leased`, `failed` (then limits do not hold).', 'outcome'),
  limits_refused_total: counter('What was refused because a limit was reached.', 'subject', 'measure'),
  mcp_tool_duration_seconds: timer('Calls of MCP tools; `outcome` is `done` or `tool_error`.', 'tool', 'outcome'),
  model_calls_total: counter('Calls of language models: `answered`, `unusable`, `rejected`, `lost`.', 'provider', 'outcome'),
  model_tokens_total: counter('Tokens of language models, `in` and `out`.', 'direction'),
  oauth_refusals_total: counter('Requests that the authorization server refused: guesses show here.', 'error'),
  organisation_used_total: counter('What organisations used: `requests`, `events`, `searches`, `refused`. The first 50 of a process have the first ten digits of their id\'s SHA-256, the rest are `others`.', 'organisation', 'measure'),
  outbox_oldest_age_seconds: gauge('Age of the oldest event that waits to be published; 0 where none does.', 'app'),
  outbox_publish_failures_total: counter('Events that could not be published and will be tried again.', 'subject'),
  outbox_waiting: gauge('Events that wait to be published, counted up to 100,000.', 'app'),
  process_cpu_seconds_total: counter('Processor time of the process.'),
  process_eventloop_delay_seconds: gauge('99th percentile of how late the event loop was, since it was last asked.'),
  process_info: gauge('1, with what runs.', 'service', 'version'),
  process_resident_memory_bytes: gauge('Memory of the process.'),
  session_compile_duration_seconds: timer('Making a session into a page and a handoff, by rules: reading it, compiling, writing.'),
  sign_ins_total: counter('Sign-ins of browsers.', 'method', 'outcome'),
  wiki_repositories_reconciled_total: counter('Repositories compared with the database at start: `current`, `reconciled`, `failed`.', 'outcome'),
  wiki_repositories_repacked_total: counter('Repositories whose packs were put together: `repacked`, `failed`.', 'outcome'),
} as const satisfies Record<string, MetricDeclaration>;

export type MetricName = keyof typeof METRICS;
