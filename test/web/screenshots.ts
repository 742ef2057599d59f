import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContextOptions } from 'playwright-core';
import { eventually } from '#libs/testing';
import { openChromium } from '../sign-on/chromium.js';
import { Client } from '../system/client.js';
import { startProduct } from '../system/product.js';
import { furnishOrganisation } from './furnished-organisation.js';
import { furnishProject } from './furnished-project.js';
import { runningScenes, scenes } from './scenes.js';
import { Visit } from './visit.js';

const PLACE = { workspace: 'shop', project: 'orders' };
const LOOKS: Readonly<Record<string, BrowserContextOptions>> = {
  light: { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
  phone: { viewport: { width: 390, height: 844 }, colorScheme: 'light', deviceScaleFactor: 2, isMobile: true, hasTouch: true },
};

/** Pictures of every scene into a folder (the first argument), by look; further arguments choose scenes by a part of their name. Prints what a browser or axe complained about. */
export async function takeScreenshots([folder = 'screenshots', ...only]: readonly string[]): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const dataDir = mkdtempSync(join(tmpdir(), 'ai-memory-screenshots-'));
  const product = await startProduct('standalone', dataDir, { AI_MEMORY_LIMITS: 'off' });
  const browser = await openChromium();
  try {
    const owner = new Client(product.url, product.token);
    const { sessionId } = await furnishProject(owner, PLACE);
    await furnishOrganisation(owner, PLACE);
    await eventually(async () => {
      const { json } = await owner.get<{ hits: unknown[] }>('/api/v1/search?q=lease');
      if (json.hits.length < 3) throw new Error('not indexed yet');
    }, 60_000);
    for (const [look, options] of Object.entries(LOOKS)) {
      const visit = await Visit.begin(browser, product.url, [], options);
      await visit.open('/');
      for (const { name, path, act } of [...scenes(PLACE, sessionId), ...runningScenes(PLACE)].filter((scene) => only.length === 0 || only.some((part) => scene.name.includes(part)))) {
        await visit.go(path);
        await act?.(visit);
        await visit.page.screenshot({ path: join(folder, `${name}-${look}.png`), fullPage: false });
        for (const line of [...visit.complaints.splice(0), ...(await visit.barriers())]) console.log(`${name} (${look}): ${line}`);
        await visit.closeDialog();
      }
      await visit.close();
    }
  } finally {
    await browser.close();
    await product.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
  console.log(`pictures are in ${folder}`);
}
