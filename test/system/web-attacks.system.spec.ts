import { randomUUID } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '#libs/testing';
import { openChromium } from '../sign-on/chromium.js';
import { type AttackedProject, attackProject, LINES } from '../web/attacked-project.js';
import { ATTACKS } from '../web/attacks.js';
import { signedIn } from '../web/people.js';
import { Visit } from '../web/visit.js';
import { type Client, newOrganisation, productOf } from './client.js';

const PLACE = { workspace: `x${randomUUID().slice(0, 8)}`, project: 'attacks' };
const AT = `/w/${PLACE.workspace}/${PLACE.project}`;
const WINDOW = { width: 1_280, height: 900 };
/** So high that a list that draws what is in the window alone draws all of it. */
const TALL = { width: 1_280, height: 24_000 };
const QUERY_CHARS_MAX = 1_400;
const PATH_CHARS_MAX = 500;
/** What such a text would have made of itself. */
const MADE = 'main :is(script, iframe, object, embed, form[action], img:not([src^="data:image/"]), [onerror], [onload], a[href^="javascript:" i], a[href^="data:" i])';

/** What a browser does with a text is the same in both topologies, and for everybody. */
describe(`${ATTACKS.length} texts that would be programs`, () => {
  const { url } = productOf('standalone');
  let owner: Client;
  let chromium: Browser;
  let attacked: AttackedProject;
  let visit: Visit;

  beforeAll(async () => {
    ({ owner } = await newOrganisation('standalone'));
    attacked = await attackProject(owner, PLACE);
    chromium = await openChromium();
    visit = await Visit.begin(chromium, url, await signedIn(owner), { viewport: WINDOW });
    await visit.open('/');
    await eventually(async () => expect((await owner.get<{ hits: unknown[] }>(`/api/v1/search?q=evil.example&workspace=${PLACE.workspace}&project=attacks`)).json.hits.length).toBeGreaterThan(5), 60_000);
  });
  afterAll(() => chromium.close());

  /** That nothing of it became a program, a picture or a complaint of the policy. */
  const isHarmless = async (where: string): Promise<void> => {
    const found = await visit.page.evaluate<unknown>(`[document.querySelectorAll(${JSON.stringify(MADE)}).length, globalThis.__ran ?? null]`);
    expect([where, found, visit.complaints]).toEqual([where, [0, null], []]);
  };
  const shown = async (): Promise<string> => (await visit.page.locator('body').innerText()).replaceAll(/\s+/g, ' ');
  const countShown = async (texts: readonly string[]): Promise<number> => shown().then((text) => texts.filter((each) => text.includes(each.replaceAll(/\s+/g, ' '))).length);

  it('are at least two hundred', () => expect(new Set(LINES).size).toBeGreaterThanOrEqual(200));

  it.each(['', '?view=raw', '?view=blame', '?view=history', '?view=edit'])('run nothing as the text of a page%s', async (view) => {
    await visit.go(`${AT}/pages/notes/all.md${view}`);
    await isHarmless(view);
  });

  it('run nothing as titles: in the tree of pages, in lists, in the graph, and of a page', async () => {
    await visit.go(AT);
    await visit.page.getByRole('button', { name: /^\d+ more pages?$/ }).click();
    await visit.page.getByRole('link', { name: LINES.at(-1)!, exact: true }).first().waitFor();
    expect(await countShown(LINES)).toBe(LINES.length);
    await isHarmless('tree');
    for (const path of [`${AT}/graph`, `${AT}/lint`, `${AT}/activity`, `${AT}/pages/t0.md`, `${AT}/handoffs`, '/']) {
      await visit.go(path);
      await isHarmless(path);
    }
  });

  it('run nothing as prompts, commands, files and outputs of a session', async () => {
    await visit.page.setViewportSize(TALL);
    await visit.go(`${AT}/sessions/${attacked.sessionId}?filter=prompts`);
    await visit.page.getByRole('listitem').nth(ATTACKS.length).waitFor();
    await isHarmless('prompts');
    await visit.go(`${AT}/sessions/${attacked.sessionId}?filter=tools`);
    const rows = visit.page.getByRole('list', { name: 'Timeline' }).getByRole('listitem');
    await rows.nth(ATTACKS.length - 1).waitFor();
    await isHarmless('tools');
    await visit.page.evaluate('document.querySelectorAll("main ol button[aria-expanded=false]").forEach((button) => button.click())');
    await eventually(async () => expect(await rows.locator('pre').count()).toBeGreaterThanOrEqual(ATTACKS.length / 2));
    await isHarmless('tools opened');
    await visit.page.setViewportSize(WINDOW);
  });

  it('run nothing as names: of tokens, and of who committed what git pushed', async () => {
    await visit.go('/account/tokens');
    expect(await countShown(LINES)).toBe(LINES.length);
    await isHarmless('tokens');
    for (const path of attacked.pushed) {
      for (const view of ['history', 'blame']) {
        await visit.go(`${AT}/pages/${path}?view=${view}`);
        await isHarmless(`${path} ${view}`);
      }
    }
  });

  it('run nothing as what is searched for, and as the path of a page', async () => {
    for (const q of inParts(LINES, QUERY_CHARS_MAX)) {
      await visit.go(`/search?${new URLSearchParams({ q })}`);
      await isHarmless(q);
    }
    for (const path of inParts(LINES, PATH_CHARS_MAX)) {
      await visit.go(`${AT}/new?${new URLSearchParams({ path })}`);
      expect(await visit.page.getByLabel('Path', { exact: true }).inputValue()).toBe(path);
      await isHarmless(path);
    }
    await visit.page.keyboard.press('Control+k');
    await visit.page.getByRole('combobox').fill(LINES.join(' ').slice(0, QUERY_CHARS_MAX));
    await visit.page.getByText('All results').first().waitFor();
    await isHarmless('palette');
  });
});

/** All of them, as few texts of a bounded length. */
function inParts(lines: readonly string[], charsMax: number): string[] {
  return lines.reduce<string[]>((parts, line) => ((parts.at(-1) ?? '').length + line.length < charsMax && parts.length > 0 ? [...parts.slice(0, -1), `${parts.at(-1)!} ${line}`] : [...parts, line]), []);
}
