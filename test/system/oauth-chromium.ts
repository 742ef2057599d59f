import type { Browser, Page } from 'playwright-core';
import { REDIRECT } from './oauth-clients.js';

/** What a person does in a real browser, which holds the pages to their own policy: says who they are, and agrees. Gives where the agent is told of it. */
export async function agreeInChromium(chromium: Browser, address: URL, token: string): Promise<{ answer: URL; asked: string }> {
  return inPage(chromium, async (page) => {
    await page.route(`${new URL(REDIRECT).origin}/**`, (route) => route.fulfill({ body: 'You can close this page.' }));
    await page.goto(address.href);
    const asked = await agree(page, token);
    await page.waitForURL(`${REDIRECT}?**`);
    return { answer: new URL(page.url()), asked };
  });
}

/** The same for a device, by the code that it shows. Gives what was asked. */
export async function enterCodeInChromium(chromium: Browser, url: string, code: string, token: string): Promise<string> {
  return inPage(chromium, (page) => enterCode(page, url, code, token));
}

/** Without a token where the browser is signed in. */
export async function enterCode(page: Page, url: string, code: string, token?: string): Promise<string> {
  await page.goto(`${url}/oauth/device`);
  await page.locator('input[name=user_code]').fill(code);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText(code).waitFor();
  await page.getByRole('button', { name: 'Continue' }).click();
  const asked = await agree(page, token);
  await page.getByText('The device is signed in').waitFor();
  return asked;
}

/** Gives what the page says of who asks. */
async function agree(page: Page, token: string | undefined): Promise<string> {
  if (token !== undefined) {
    await page.getByLabel('Your token').fill(token);
    await page.getByRole('button', { name: 'Continue' }).click();
  }
  const allow = page.getByRole('button', { name: 'Allow' });
  await allow.waitFor();
  const asked = await page.locator('body').innerText();
  await allow.click();
  return asked;
}

async function inPage<T>(chromium: Browser, work: (page: Page) => Promise<T>): Promise<T> {
  const context = await chromium.newContext();
  try {
    return await work(await context.newPage());
  } finally {
    await context.close();
  }
}
