import type { CDPSession, Page } from 'playwright-core';

/** What something cost the main thread. */
export interface Spent {
  /** Processor time, in which others that use the machine do not count; of it, in scripts. */
  taskMs: number;
  scriptMs: number;
  /** By the clock: for so long nothing that a person does was heard. */
  longestMs: number;
}

/** Without throttling, from before it is done until it is seen. */
export async function spentMs(page: Page, act: () => Promise<unknown>): Promise<Spent> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.evaluate('globalThis.__longest = 0; new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) globalThis.__longest = Math.max(globalThis.__longest, duration); }).observe({ type: "longtask" })');
  const before = await metrics(session);
  await act();
  const after = await metrics(session);
  const longestMs = await page.evaluate<number>('globalThis.__longest');
  await session.detach();
  return { taskMs: after.task - before.task, scriptMs: after.script - before.script, longestMs };
}

async function metrics(session: CDPSession): Promise<{ task: number; script: number }> {
  const { metrics: all } = await session.send('Performance.getMetrics');
  const ms = (name: string): number => (all.find((each) => each.name === name)?.value ?? 0) * 1_000;
  return { task: ms('TaskDuration'), script: ms('ScriptDuration') };
}
