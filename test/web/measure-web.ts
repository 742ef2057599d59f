import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openChromium } from '../sign-on/chromium.js';
import { Client } from '../system/client.js';
import { startProduct } from '../system/product.js';
import { postBatch } from '../system/replay.js';
import { longSession } from './long-session.js';
import { importPages } from './page-archive.js';
import { spentMs, type Spent } from './spent-time.js';
import { Visit } from './visit.js';

const PLACE = { workspace: 'w0', project: 'p0' };
const AT = `/w/${PLACE.workspace}/${PLACE.project}`;
const EVENTS_A_TURN = 10;
const BATCH_EVENTS = 250;
/** Each import is one commit, which is to be there within a request's time. */
const IMPORTED_AT_A_TIME = 1_000;
const LOOK = { viewport: { width: 1_280, height: 900 } };
/** Of which the middle one is printed, with the worst. */
const TIMES = 3;

interface Sizes { projects: number; pages: number; events: number }

/** Fills a product with so much, and prints first paint, and what each thing that a person does costs the main thread. Arguments: projects, pages, events. */
export async function measureWeb([projects = '1000', pages = '50000', events = '5000']: readonly string[]): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'ai-memory-measure-'));
  const product = await startProduct('standalone', dataDir, { AI_MEMORY_LIMITS: 'off' });
  const browser = await openChromium();
  try {
    const sessionId = await fill(new Client(product.url, product.token), { projects: Number(projects), pages: Number(pages), events: Number(events) });
    for (const path of ['/', AT, `${AT}/pages/notes/n1.md`, `${AT}/sessions/${sessionId}`, '/search?q=lease']) await printFirstPaint(browser, product.url, path.replace(sessionId, '…'), path);
    for (const [name, path, act] of actions(sessionId)) await printSpent(browser, product.url, name, path, act);
  } finally {
    await browser.close();
    await product.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function fill(owner: Client, { projects, pages, events }: Sizes): Promise<string> {
  const began = Date.now();
  for (let index = 0; index < projects; index += 1) await owner.send('PUT', `/api/v1/workspaces/w${index % 20}/projects/p${index}`);
  for (let start = 0; start < pages; start += IMPORTED_AT_A_TIME) await importPages(owner, PLACE, Array.from({ length: Math.min(IMPORTED_AT_A_TIME, pages - start) }, (_, index) => note(start + index + 1, pages)));
  const sessionId = randomUUID();
  const session = longSession(sessionId, Math.ceil(events / EVENTS_A_TURN));
  for (let start = 0; start < session.length; start += BATCH_EVENTS) await postBatch(owner, 'claude-code', session.slice(start, start + BATCH_EVENTS), PLACE);
  console.log(`filled with ${projects} projects, ${pages} pages and a session of ${session.length} events in ${Math.round((Date.now() - began) / 1_000)} s`);
  return sessionId;
}

/** One in fifty lies at the top; each links to two others. */
function note(number: number, count: number) {
  const pathOf = (of: number): string => `notes/${of % 50 === 1 ? '' : `f${of % 50}/`}n${of}.md`;
  const code = number === 1 ? `\n\`\`\`ts\n${'const lease = await claim(tx, 10);\n'.repeat(40)}\`\`\`\n` : '';
  const links = [number * 7, number * 13].map((other) => `[[${pathOf((other % count) + 1)}]]`).join(' and ');
  const body = `${'A lease is claimed by the relay, and given back when it is over. '.repeat(20)}\n\n## Why\n\n${'Rows are claimed in their order. '.repeat(30)}\n\n## See also\n\n${links}\n${code}`;
  return { path: pathOf(number), title: `Note ${number} about leases`, body };
}

/** By selectors, which cost the page next to nothing: to find something by its role, names of all there is are computed in the main thread that is measured. */
function actions(sessionId: string): [string, string, (page: Page) => Promise<unknown>][] {
  const type = (page: Page, placeholder: string, text: string): Promise<void> => page.locator(`input[placeholder^="${placeholder}"]`).last().fill(text);
  const seen = (page: Page, selector: string): Promise<void> => page.locator(selector).first().waitFor();
  const tree = 'main .grid > section';
  const toPage = `a[href*="${AT}/pages/notes/"]`;
  return [
    ['open a page', AT, async (page) => { await page.locator(`main ${toPage}`).first().click(); await seen(page, '#why'); }],
    ['filter projects', '/', async (page) => { await type(page, 'Filter', 'w19/p19'); await page.locator('#projects ~ ul > li').nth(2).waitFor({ state: 'detached' }); }],
    ['filter the tree to one page', AT, async (page) => { await type(page, 'Filter', 'n50.md'); await seen(page, `${tree} a[title="notes/f0/n50.md"]`); }],
    ['filter the tree to hundreds', AT, async (page) => { await type(page, 'Filter', 'note 5'); await page.locator(`${tree} button`).first().filter({ hasNotText: '2000' }).waitFor(); }],
    ['search in the palette', AT, async (page) => { await page.keyboard.press('Control+k'); await page.locator('[role=combobox]').fill('lease'); await page.locator('[role=option]').nth(3).waitFor(); }],
    ['search on its page', '/search', async (page) => { await page.locator('main input[type=search]').fill('lease'); await seen(page, `main ${toPage}`); }],
    ['filter a session', `${AT}/sessions/${sessionId}`, async (page) => { await page.locator('a[href*="filter=errors"]').click(); await page.waitForURL('**filter=errors**'); }],
    ['scroll a session, 20 times', `${AT}/sessions/${sessionId}`, async (page) => { for (let step = 0; step < 20; step += 1) await page.mouse.wheel(0, 3_000); }],
    ['pan and zoom the graph, 20 times', `${AT}/graph`, async (page) => { await page.locator('canvas').hover(); for (let step = 0; step < 20; step += 1) await page.mouse.wheel(0, step % 2 === 0 ? -120 : 120); }],
    ['find a page in the graph', `${AT}/graph`, async (page) => { await type(page, 'Filter', 'note 50'); await seen(page, 'main li:first-child a[title*="50"]'); }],
  ];
}

async function printFirstPaint(browser: Browser, url: string, name: string, path: string): Promise<void> {
  const paints: number[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    // Each with an empty cache, as at a first visit.
    const visit = await Visit.begin(browser, url, [], LOOK);
    await visit.open(path);
    paints.push(await visit.page.evaluate<number>('performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? -1'));
    await visit.close();
  }
  console.log(`${name.padEnd(34)} first contentful paint ${told(paints)}`);
}

async function printSpent(browser: Browser, url: string, name: string, path: string, act: (page: Page) => Promise<unknown>): Promise<void> {
  const spent: Spent[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    const visit = await Visit.begin(browser, url, [], LOOK);
    await visit.open(path);
    await visit.page.locator('canvas[aria-busy=true]').waitFor({ state: 'hidden', timeout: 120_000 });
    await visit.page.waitForLoadState('networkidle');
    spent.push(await spentMs(visit.page, () => act(visit.page)));
    await visit.close();
  }
  console.log(`${name.padEnd(34)} main thread ${told(spent.map(({ taskMs }) => taskMs))}, of it scripts ${told(spent.map(({ scriptMs }) => scriptMs))}, longest task ${told(spent.map(({ longestMs }) => longestMs))}`);
}

function told(milliseconds: readonly number[]): string {
  const sorted = milliseconds.toSorted((a, b) => a - b);
  return `${Math.round(sorted[Math.floor(sorted.length / 2)]!)} ms (at worst ${Math.round(sorted.at(-1)!)})`;
}
