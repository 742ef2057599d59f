import { type Browser, chromium } from 'playwright-core';
import { findChromium, WHAT_TO_INSTALL } from '../../scripts/chromium.mjs';

/** Headless, without what talks to anybody but the pages that it is sent to. */
export function openChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error(`There is no Chromium on this machine: ${WHAT_TO_INSTALL}.`);
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--no-first-run'] });
}
