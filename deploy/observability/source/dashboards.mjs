import { failing, quantile, rate, rates, slowerThan } from './queries.mjs';

const HOOKS = 'route=~"/hook.*"';
const SEARCHES = 'route="/api/v1/search"';
const RECALL = 'subject=~"search.*"';

const p50 = (timer, more) => [quantile(0.5, timer, more), 'p50'];
const p99 = (timer, more) => [quantile(0.99, timer, more), 'p99'];

/** What each dashboard shows: title, unit (Grafana's), and queries with their legends. */
export const DASHBOARDS = [
  {
    uid: 'overview', title: 'Overview', panels: [
      ['Requests', 'reqps', [[rate('http_requests_total', { per: 'status' }), '{{status}}']]],
      ['Requests that fail by our fault', 'percentunit', [[failing(), 'share']]],
      ['Answer time', 's', [p50('http_request_duration_seconds'), p99('http_request_duration_seconds')]],
      ['Events acknowledged', 'reqps', [[rate('hook_events_accepted_total'), 'accepted'], [rate('hook_events_failed_total'), 'failed']]],
      ['From commit to index', 's', [p50('bus_event_age_seconds', { where: 'listener="search"' }), p99('bus_event_age_seconds', { where: 'listener="search"' })]],
      ['Oldest event in an outbox', 's', [['max by (app) (outbox_oldest_age_seconds)', '{{app}}']]],
      ['Dead letters', 'short', [['max(dead_letters)', 'waiting']]],
      ['Canary: surprises', 'short', [['sum(increase(canary_surprises_total[1h])) or vector(0)', 'in an hour']]],
      ['Processes', 'short', [['sum by (service, version) (process_info)', '{{service}} {{version}}']]],
      ['Memory', 'bytes', [['sum by (instance) (process_resident_memory_bytes)', '{{instance}}']]],
      ['Processor', 'percentunit', [['sum by (instance) (rate(process_cpu_seconds_total[$__rate_interval]))', '{{instance}}']]],
      ['Event loop, how late (p99)', 's', [['max by (instance) (process_eventloop_delay_seconds)', '{{instance}}']]],
    ],
  },
  {
    uid: 'capture', title: 'Capture', panels: [
      ['Events accepted, by kind', 'reqps', [[rate('hook_events_accepted_total', { per: 'kind' }), '{{kind}}']]],
      ['Events here already', 'reqps', [[rates('hook_events_duplicate_total', 'reason'), '{{reason}}']]],
      ['Events not kept', 'reqps', [[rates('hook_events_dropped_total', 'reason'), '{{reason}}']]],
      ['Events to be sent again', 'reqps', [[rates('hook_events_failed_total', 'reason'), '{{reason}}']]],
      ['Acknowledging', 's', [p50('http_request_duration_seconds', { where: HOOKS }), p99('http_request_duration_seconds', { where: HOOKS })]],
      ['Slower than 250 ms', 'percentunit', [[slowerThan(0.25, 'http_request_duration_seconds', { where: HOOKS }), 'share']]],
      ['Storing (ingest)', 's', [p99('bus_request_duration_seconds', { where: 'subject="ingest.capture-events.v1"' })]],
      ['Age when stored: what spools held', 's', [p50('hook_event_age_seconds'), p99('hook_event_age_seconds')]],
    ],
  },
  {
    uid: 'recall', title: 'Recall', panels: [
      ['Searches', 'reqps', [[rate('bus_request_duration_seconds_count', { where: RECALL, per: 'subject' }), '{{subject}}']]],
      ['Search, at the door', 's', [p50('http_request_duration_seconds', { where: SEARCHES }), p99('http_request_duration_seconds', { where: SEARCHES })]],
      ['Search, in the app', 's', [p50('bus_request_duration_seconds', { where: 'subject="search.search-memories.v1"' }), p99('bus_request_duration_seconds', { where: 'subject="search.search-memories.v1"' })]],
      ['Handoffs asked for', 'reqps', [[rate('handoff_deliveries_total', { per: 'outcome' }), '{{outcome}}']]],
      ['Handing off', 's', [p99('http_request_duration_seconds', { where: 'route="/handoff"' })]],
      ['MCP tools, calls', 'reqps', [[rate('mcp_tool_duration_seconds_count', { per: 'tool' }), '{{tool}}']]],
      ['MCP tools, errors', 'reqps', [[rates('mcp_tool_duration_seconds_count', 'tool', 'outcome!="done"'), '{{tool}}']]],
      ['MCP tools, p99', 's', [[quantile(0.99, 'mcp_tool_duration_seconds', { per: 'tool' }), '{{tool}}']]],
      ['From commit to index', 's', [[quantile(0.99, 'bus_event_age_seconds', { where: 'listener="search"', per: 'subject' }), '{{subject}}']]],
    ],
  },
  {
    uid: 'compile', title: 'Compile', panels: [
      ['Sessions compiled', 'reqps', [[rate('session_compile_duration_seconds_count'), 'sessions']]],
      ['Compiling one', 's', [p50('session_compile_duration_seconds'), p99('session_compile_duration_seconds')]],
      ['From the end of a session to its page', 's', [p99('bus_event_age_seconds', { where: 'listener="compiler"' })]],
      ['Events handled, by outcome', 'reqps', [[rate('bus_event_duration_seconds_count', { where: 'listener="compiler"', per: 'outcome' }), '{{outcome}}']]],
      ['Calls of language models', 'reqps', [[rates('model_calls_total', 'provider, outcome'), '{{provider}} {{outcome}}']]],
      ['Tokens of language models', 'short', [[rates('model_tokens_total', 'direction'), '{{direction}}']]],
    ],
  },
  {
    uid: 'tenancy', title: 'Tenancy and limits', panels: [
      ['Used, the ten largest organisations', 'reqps', [['topk(10, sum by (organisation, measure) (rate(organisation_used_total[$__rate_interval])))', '{{organisation}} {{measure}}']]],
      ['Refused by a limit', 'reqps', [[rates('limits_refused_total', 'subject, measure'), '{{subject}} {{measure}}']]],
      ['Leases of quotas', 'reqps', [[rate('limits_leases_total', { per: 'outcome' }), '{{outcome}}']]],
      ['Refused for who asked', 'reqps', [[rates('access_refused_total', 'action, code'), '{{action}} {{code}}']]],
      ['Did not authenticate', 'reqps', [[rates('auth_failures_total', 'reason'), '{{reason}}']]],
      ['Guesses', 'reqps', [[rates('guesses_total', 'kind, outcome'), '{{kind}} {{outcome}}']]],
      ['Addresses blocked', 'short', [['sum(increase(auth_addresses_blocked_total[1h])) or vector(0)', 'in an hour']]],
      ['Sign-ins', 'reqps', [[rates('sign_ins_total', 'method, outcome'), '{{method}} {{outcome}}'], [rates('oauth_refusals_total', 'error'), 'OAuth {{error}}']]],
      ['Canary: steps', 's', [[quantile(0.99, 'canary_step_duration_seconds', { per: 'step' }), '{{step}}']]],
      ['Canary: rounds', 'short', [['sum by (outcome) (increase(canary_rounds_total[1h]))', '{{outcome}}'], ['time() - max(canary_last_success_timestamp_seconds)', 'seconds since the last clean one']]],
    ],
  },
  {
    uid: 'git', title: 'git', panels: [
      ['Commands', 'reqps', [[rate('git_command_duration_seconds_count', { per: 'command' }), '{{command}}']]],
      ['Commands that fail', 'reqps', [[rates('git_command_duration_seconds_count', 'command', 'outcome="failed"'), '{{command}}']]],
      ['Commits', 's', [p50('git_command_duration_seconds', { where: 'command="commit"' }), p99('git_command_duration_seconds', { where: 'command="commit"' })]],
      ['Commands, p99', 's', [[quantile(0.99, 'git_command_duration_seconds', { per: 'command' }), '{{command}}']]],
      ['Writing pages (wiki-git)', 's', [p99('bus_request_duration_seconds', { where: 'subject="wiki-git.write-pages.v1"' })]],
      ['Repositories compared at start', 'short', [['sum by (outcome) (wiki_repositories_reconciled_total) or vector(0)', '{{outcome}}']]],
      ['Repositories repacked', 'short', [['sum by (outcome) (increase(wiki_repositories_repacked_total[1h])) or vector(0)', '{{outcome}}']]],
    ],
  },
  {
    uid: 'bus', title: 'NATS and the bus', panels: [
      ['Events that wait for a listener', 'short', [['max by (subject, listener) (bus_consumer_pending)', '{{listener}}: {{subject}}']]],
      ['Events under way', 'short', [['max by (subject, listener) (bus_consumer_unacknowledged)', '{{listener}}: {{subject}}']]],
      ['Events given again', 'short', [['max by (subject, listener) (bus_consumer_redelivered)', '{{listener}}: {{subject}}']]],
      ['Events handled, p99', 's', [[quantile(0.99, 'bus_event_duration_seconds', { per: 'subject, listener' }), '{{listener}}: {{subject}}']]],
      ['Events that could not be handled', 'reqps', [[rates('bus_event_duration_seconds_count', 'subject, outcome', 'outcome!="done"'), '{{subject}} {{outcome}}']]],
      ['Requests between apps, p99', 's', [[quantile(0.99, 'bus_request_duration_seconds', { per: 'subject' }), '{{subject}}']]],
      ['Requests between apps that fail', 'reqps', [[rates('bus_request_duration_seconds_count', 'subject, outcome', 'outcome="failed"'), '{{subject}} {{outcome}}']]],
      ['Outboxes', 'short', [['max by (app) (outbox_waiting)', '{{app}}'], [rates('outbox_publish_failures_total', 'subject'), 'failures of {{subject}}']]],
      ['Dead letters', 'short', [['max(dead_letters)', 'waiting'], ['sum by (subject, listener) (increase(dead_letters_buried_total[1h])) or vector(0)', 'buried in an hour: {{listener}} {{subject}}']]],
      ['The stream', 'bytes', [['max(bus_stream_bytes)', 'bytes'], ['max(bus_stream_messages)', 'messages']]],
    ],
  },
  {
    uid: 'postgres', title: 'Postgres', panels: [
      ['Transactions', 'reqps', [[rate('database_transaction_duration_seconds_count', { per: 'kind, outcome' }), '{{kind}} {{outcome}}']]],
      ['Transactions, time', 's', [[quantile(0.5, 'database_transaction_duration_seconds', { per: 'kind' }), 'p50 {{kind}}'], [quantile(0.99, 'database_transaction_duration_seconds', { per: 'kind' }), 'p99 {{kind}}']]],
      ['Transactions that fail', 'reqps', [[rates('database_transaction_duration_seconds_count', 'outcome', 'outcome=~"failed|unavailable"'), '{{outcome}}']]],
      ['Connections', 'short', [['sum by (instance, state) (database_connections)', '{{instance}} {{state}}'], ['sum by (instance) (database_connections_max)', '{{instance}} at most']]],
      ['Transactions that wait for a connection', 'short', [['sum by (instance) (database_waiting)', '{{instance}}']]],
      ['Size', 'bytes', [['max(database_size_bytes)', 'on disk']]],
    ],
  },
];
