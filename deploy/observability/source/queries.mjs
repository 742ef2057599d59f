/** PromQL that several panels and rules are made of. `$__rate_interval` is Grafana's; rules pass a range of their own. */
const RANGE = '$__rate_interval';

const selector = (labels) => (labels ? `{${labels}}` : '');
const by = (names) => (names ? ` by (${names})` : '');

/** How often a second; 0 where it never happened. */
export function rate(metric, { where = '', per = '', range = RANGE } = {}) {
  return `sum${by(per)} (rate(${metric}${selector(where)}[${range}]))${per ? '' : ' or vector(0)'}`;
}

/** How often a second, by label; one series that is 0 where it never happened. */
export function rates(metric, per, where = '') {
  return `${rate(metric, { where, per })} or vector(0)`;
}

/** Of a timer, in seconds. */
export function quantile(q, timer, { where = '', per = '', range = RANGE } = {}) {
  return `histogram_quantile(${q}, sum by (${['le', per].filter(Boolean).join(', ')}) (rate(${timer}_bucket${selector(where)}[${range}])))`;
}

/** Prometheus 3 writes whole numbers as `5.0`, and before as `5`. */
function within(seconds) {
  return Number.isInteger(seconds) ? `le=~"${seconds}(\\\\.0)?"` : `le="${seconds}"`;
}

/** The share of what was slower than `seconds`, which must be one of the timer's buckets. */
export function slowerThan(seconds, timer, { where = '', range = RANGE } = {}) {
  const selected = [within(seconds), where].filter(Boolean).join(',');
  return `1 - sum(rate(${timer}_bucket{${selected}}[${range}])) / sum(rate(${timer}_count${selector(where)}[${range}]))`;
}

/** The share of requests that failed by our fault. */
export function failing(where = '', range = RANGE) {
  const failed = ['status=~"5.."', where].filter(Boolean).join(',');
  return `(sum(rate(http_requests_total{${failed}}[${range}])) or vector(0)) / sum(rate(http_requests_total${selector(where)}[${range}]))`;
}
