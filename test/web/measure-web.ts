import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openChromium } from '../sign-on/chromium.js';
import { Client } from '../system/client.js';
import { startProduct } from '../system/product.js';
import { REPLAYS } from '../system/replay.js';
import { longSession } from './long-session.js';
import { Visit } from './visit.js';

const PLACE = { workspace: 'w0', project: 'p0' };
const AT = `/w/${PLACE.workspace}/${PLACE.project}`;
const EVENTS_A_TURN = 11;

interface Sizes { projects: number; pages: number; events: number }

/** Fills a product with so much, and prints first paint, and what each thing that a person does costs the main thread. Arguments: projects, pages, events. */
export async function measureWeb([projects = '1000', pages = '2000', events = '5000']: readonly string[]): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'ai-memory-measure-'));
  const product = await startProduct('standalone', dataDir, { AI_MEMORY_LIMITS: 'off' });
  const browser = await openChromium();
  try {
    const sessionId = await fill(new Client(product.url, product.token), { projects: Number(projects), pages: Number(pages), events: Number(events) });
    const visit = await Visit.begin(browser, product.url, [], { viewport: { width: 1280, height: 900 } });
    for (const path of ['/', AT, `${AT}/pages/notes/n1.md`, `${AT}/sessions/${sessionId}`, '/search?q=lease']) {
      await visit.open(path);
      console.log(`${path.replace(sessionId, '…').padEnd(34)} first contentful paint ${await firstPaintMs(visit.page)} ms`);
    }
    for (const [name, path, act] of actions(sessionId)) {
      await visit.open(path);
      await visit.page.waitForTimeout(1_500);
      console.log(`${name.padEnd(34)} main thread ${await mainThreadMs(visit.page, () => act(visit.page))} ms`);
    }
    await visit.close();
  } finally {
    await browser.close();
    await product.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function fill(owner: Client, { projects, pages, events }: Sizes): Promise<string> {
  const batches = (count: number, run: (index: number) => Promise<unknown>) => Array.from({ length: Math.ceil(count / 20) }, (_, batch) => batch).reduce((before, batch) => before.then(() => Promise.all(Array.from({ length: Math.min(20, count - batch * 20) }, (_each, index) => run(batch * 20 + index))).then(() => undefined)), Promise.resolve());
  await batches(projects, (index) => owner.send('PUT', `/api/v1/workspaces/w${index % 20}/projects/p${index}`));
  const body = `${'A lease is claimed by the relay, and given back when it is over. '.repeat(20)}\n\n## Why\n\n${'Rows are claimed in their order. '.repeat(30)}\n`;
  await batches(pages, (index) => owner.send('PUT', `/api/v1/workspaces/w0/projects/p0/pages/notes/${index % 50 === 0 ? '' : `f${index % 50}/`}n${index + 1}.md`, { title: `Note ${index + 1} about leases`, body }));
  await owner.send('PUT', '/api/v1/workspaces/w0/projects/p0/pages/notes/n1.md', { title: 'Note 1 about leases', body: `${body}\n\`\`\`ts\n${'const lease = await claim(tx, 10);\n'.repeat(40)}\`\`\`\n` });
  const sessionId = randomUUID();
  await REPLAYS['in batches']!(owner, 'claude-code', longSession(sessionId, Math.ceil(events / EVENTS_A_TURN)), PLACE);
  return sessionId;
}

function actions(sessionId: string): [string, string, (page: Page) => Promise<unknown>][] {
  return [
    ['open a page', AT, async (page) => { await page.getByRole('link', { name: /Note \d+ about leases/ }).first().click(); await page.getByRole('heading', { name: 'Why' }).waitFor(); }],
    ['filter the tree', AT, async (page) => { await page.getByLabel('Filter pages').fill('note 77'); await page.getByRole('link', { name: 'Note 77 about leases' }).first().waitFor(); }],
    ['search in the palette', AT, async (page) => { await page.keyboard.press('Control+k'); await page.getByRole('combobox').fill('lease'); await page.getByRole('option').nth(3).waitFor(); }],
    ['filter a session', `${AT}/sessions/${sessionId}`, async (page) => { await page.getByRole('link', { name: 'Errors' }).click(); await page.waitForURL('**filter=errors**'); }],
    ['scroll a session', `${AT}/sessions/${sessionId}`, async (page) => { for (let step = 0; step < 20; step += 1) await page.mouse.wheel(0, 3_000); }],
  ];
}

async function firstPaintMs(page: Page): Promise<number> {
  return Math.round(await page.evaluate<number>('performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? -1'));
}

/** Processor time of the main thread, in which others that use the machine do not count. */
async function mainThreadMs(page: Page, act: () => Promise<unknown>): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const spentMs = async (): Promise<number> => ((await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1_000;
  const before = await spentMs();
  await act();
  const spent = (await spentMs()) - before;
  await session.detach();
  return Math.round(spent);
}
