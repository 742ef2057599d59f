import type { Place } from '../system/replay.js';
import type { Visit } from './visit.js';

/** One thing that a person sees: where it is, and what is done there. */
export interface Scene {
  name: string;
  path: string;
  act?: (visit: Visit) => Promise<void>;
}

/** Every part of the web on a furnished project. Who adds a page adds its scene: pictures and axe follow. */
export function scenes({ workspace, project }: Place, sessionId: string): Scene[] {
  const at = `/w/${workspace}/${project}`;
  return [
    { name: 'home', path: '/' },
    { name: 'project', path: at },
    { name: 'sessions', path: `${at}/sessions` },
    { name: 'page', path: `${at}/pages/decisions/outbox.md`, act: ({ page }) => page.locator('.hljs-keyword').first().waitFor() },
    { name: 'page-raw', path: `${at}/pages/decisions/outbox.md?view=raw` },
    { name: 'page-blame', path: `${at}/pages/decisions/outbox.md?view=blame` },
    { name: 'page-history', path: `${at}/pages/decisions/outbox.md?view=history` },
    { name: 'page-edit', path: `${at}/pages/decisions/outbox.md?view=edit` },
    { name: 'page-new', path: `${at}/new` },
    { name: 'page-absent', path: `${at}/pages/notes/nowhere.md` },
    { name: 'session', path: `${at}/sessions/${sessionId}` },
    { name: 'session-errors', path: `${at}/sessions/${sessionId}?filter=errors` },
    { name: 'setup', path: '/setup' },
    { name: 'handoffs', path: `${at}/handoffs` },
    { name: 'review', path: `${at}/review` },
    { name: 'review-edit', path: `${at}/review`, act: ({ page }) => page.getByRole('button', { name: 'Edit first' }).first().click() },
    { name: 'lint', path: `${at}/lint` },
    { name: 'graph', path: `${at}/graph`, act: ({ page }) => page.locator('canvas[aria-busy=false]').waitFor() },
    { name: 'activity', path: `${at}/activity` },
    { name: 'search', path: '/search?q=lease+relay' },
    { name: 'search-explained', path: '/search?q=lease+relay&explain=true', act: ({ page }) => page.getByText(/^Score \d/).first().waitFor() },
    { name: 'search-empty', path: '/search' },
    { name: 'palette', path: at, act: palette },
    { name: 'keyboard', path: '/', act: ({ page }) => page.keyboard.press('?') },
  ];
}

/** What owners and admins run in a furnished organisation, and what its operator sees of the installation. */
export function runningScenes({ workspace, project }: Place): Scene[] {
  return [
    { name: 'project-settings', path: `/w/${workspace}/${project}/settings` },
    ...['users', 'groups', 'service-accounts', 'access', 'tokens', 'sign-on', 'audit', 'usage', 'retention', 'models', 'webhooks', 'data'].map((part) => ({ name: `admin-${part}`, path: `/admin/${part}` })),
    { name: 'admin-users-new', path: '/admin/users', act: press('Add user') },
    { name: 'admin-users-erase', path: '/admin/users', act: press('Erase Jun Sato') },
    { name: 'admin-grants', path: '/admin/access', act: press(`Grants ${project}`) },
    { name: 'admin-tokens-new', path: '/admin/tokens', act: press('Make a token') },
    { name: 'admin-audit-opened', path: '/admin/audit?action=hold.placed', act: ({ page }) => page.locator('main button[aria-expanded]').first().click() },
    { name: 'account-tokens', path: '/account/tokens' },
    { name: 'system', path: '/system' },
  ];
}

async function palette({ page }: Visit): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('lease');
  await page.getByRole('option').nth(2).waitFor();
}

function press(name: string): Scene['act'] {
  return async ({ page }) => {
    await page.getByRole('button', { name, exact: true }).first().click();
    await page.getByRole('dialog').waitFor();
  };
}
