import { expect, it } from 'vitest';
import { counter, renderMetrics, startMetrics } from './metrics.js';

it('a counter sums up what it was told by its labels, from before the first scrape on and after it', async () => {
  startMetrics('ai-memory-test');
  const requests = counter('http_requests_total');
  const lines = async (): Promise<string[]> => (await renderMetrics()).split('\n').filter((line) => line.startsWith('http_requests_total{')).map((line) => line.replace(/,?otel_scope_\w+="[^"]*"/g, '')).sort();
  requests.add(1, { route: '/a', status: '200' });
  requests.add(2, { route: '/b', status: '200' });
  requests.add(3, { route: '/a', status: '200' });
  requests.add(1, { route: '/a', status: '404' });
  const first = await lines();
  expect(first).toEqual([expect.stringMatching(/route="\/a".*status="200".* 4$/), expect.stringMatching(/route="\/a".*status="404".* 1$/), expect.stringMatching(/route="\/b".*status="200".* 2$/)]);
  requests.add(10, { route: '/b', status: '200' });
  expect(await lines()).toEqual([first[0], first[1], expect.stringMatching(/ 12$/)]);
});
