import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Cookie, Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** WCAG 2.2 AA, and what axe's makers call good practice. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** A browser at the web, as one person. What it complained about is kept: refused by the page's policy, failed, or asked of another server. */
export class Visit {
  readonly complaints: string[] = [];

  private constructor(readonly page: Page, readonly url: string) {}

  static async begin(browser: Browser, url: string, cookies: readonly Cookie[] = [], options: BrowserContextOptions = {}): Promise<Visit> {
    const context = await browser.newContext({ locale: 'en-GB', ...options });
    await context.addCookies([...cookies]);
    const visit = new Visit(await context.newPage(), url);
    await visit.listen();
    return visit;
  }

  private async listen(): Promise<void> {
    const note = (text: string): void => void this.complaints.push(text);
    this.page.on('pageerror', (error) => note(`error: ${error.message}`));
    this.page.on('console', (message) => {
      // What the server refused is said by the page, and told by the browser too.
      if (message.type() === 'error' && !/status of (400|401|403|404|409)/.test(message.text())) note(`console: ${message.text()}`);
    });
    this.page.on('request', (request) => {
      if (!request.url().startsWith(this.url) && !request.url().startsWith('data:')) note(`asked elsewhere: ${request.url()}`);
    });
    await this.page.exposeFunction('noteViolation', (text: string) => note(`policy: ${text}`));
    await this.page.addInitScript({ content: 'document.addEventListener("securitypolicyviolation", (event) => noteViolation([event.violatedDirective, event.blockedURI, event.sample].join(" ")))' });
  }

  /** Opens an address and waits for what it shows. */
  async open(path: string): Promise<void> {
    await this.page.goto(this.url + path);
    await this.settle();
  }

  /** Goes where a link would lead, without loading the program again; `path` as the program itself writes it. */
  async go(path: string): Promise<void> {
    await this.page.evaluate(`history.pushState({}, '', ${JSON.stringify(path)})`);
    await this.page.locator(`main[data-address=${JSON.stringify(path)}]`).waitFor();
    await this.settle();
  }

  /** Closes what stands over the page, if anything does. */
  async closeDialog(): Promise<void> {
    const dialog = this.page.getByRole('dialog');
    if ((await dialog.count()) === 0) return;
    await this.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  }

  /** Until nothing is on its way any more. */
  async settle(): Promise<void> {
    await this.page.getByRole('heading', { level: 1 }).first().waitFor();
    await this.page.locator('[role=status] > div').first().waitFor({ state: 'hidden' });
  }

  heading(): Promise<string | null> {
    return this.page.getByRole('heading', { level: 1 }).first().textContent();
  }

  /** What hinders people with screen readers, keyboards, or weak eyes: one line each. */
  async barriers(): Promise<string[]> {
    // Run by the debugger: the page's own policy lets no such script in.
    const found = await this.page.evaluate<{ id: string; help: string; nodes: { target: string[]; failureSummary: string }[] }[]>(`(async () => {
      if (!globalThis.axe) { ${AXE}; }
      const { violations } = await axe.run(document, { runOnly: ${JSON.stringify(RULES)}, resultTypes: ['violations'] });
      return violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(({ target, failureSummary }) => ({ target: target.map(String), failureSummary })) }));
    })()`);
    return found.flatMap(({ id, help, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${help} at ${target.join(' ')}: ${failureSummary}`));
  }

  close(): Promise<void> {
    return this.page.context().close();
  }
}
