import { CALLERS, outcomeFor } from './callers.js';
import { CONTRACTS, GIT, ROUTES, type Surface, surfaceOf, TOOLS } from './surfaces.js';

const MARK = { allowed: '✓', forbidden: '✗', absent: '–' } as const;

const HEAD = `# Who may do what, in full

Made by \`npm run docs:access\` from what the code declares; a test compares it with the code, another asks the running product for every cell.
What it means is in [secure.md](secure.md); why it is so, in [ADR 24](decisions/0024-one-decision.md).

✓ allowed, ✗ refused (403, with what would be needed), – answered like what does not exist (404). Of a member or viewer the first column is about a project that is
open to the organisation; the others are about a restricted one: \`0\` without a grant, then with a grant of read, write and admin. A token can hold
less than its user may: its scopes are the permissions named here. *session*: the project is the session's. What is about owners (to make, change or shut out one,
to make a token for one, to erase the organisation) is refused to admins where they come to it by a route that is theirs otherwise.`;

/** The whole of \`docs/access.md\`. */
export function accessPage(): string {
  const parts = [
    HEAD,
    section('Routes', 'Those of `/api/v1`, hooks and MCP itself. `GET /` and `GET /openapi.json` are for everybody.', ROUTES),
    section('MCP tools', '', TOOLS),
    section('Git', '', GIT),
    section('Bus requests', 'What the receiving app asks again. `service` is for apps alone; for what is about a session the app looks at its project besides.', CONTRACTS.map(surfaceOf)),
  ];
  return `${parts.join('\n\n')}\n`;
}

function section(title: string, text: string, surfaces: readonly Surface[]): string {
  const head = ['', 'needs', ...CALLERS.map(({ column }) => column)];
  const rows = surfaces.map((surface) => [
    `\`${surface.name}\`${surface.about === 'session' ? ' *session*' : ''}`, surface.permissions.join(', '), ...CALLERS.map((caller) => MARK[outcomeFor(surface, caller)]),
  ]);
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return [`## ${title}`, ...(text ? [text] : []), lines.join('\n')].join('\n\n');
}
