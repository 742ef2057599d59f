import { createHash } from 'node:crypto';

const STYLE = `
  :root { color-scheme: light dark; font: 16px/1.55 system-ui, sans-serif; --line: color-mix(in srgb, currentColor 18%, transparent); --quiet: color-mix(in srgb, currentColor 65%, transparent); --accent: #2f6f5e; }
  body { max-width: 26rem; margin: 12vh auto 4rem; padding: 0 1.5rem; }
  body.wide { max-width: 44rem; margin-top: 6vh; }
  header { color: var(--quiet); font-size: .9rem; margin-bottom: 2rem; }
  h1 { font-size: 1.4rem; line-height: 1.3; margin: 0 0 1.25rem; font-weight: 600; }
  h2 { font-size: 1.05rem; margin: 2.5rem 0 .5rem; font-weight: 600; }
  p { margin: .6rem 0; }
  a:not(.button) { color: inherit; }
  small, .quiet { color: var(--quiet); font-size: .9rem; }
  label { display: block; margin: 1rem 0 .25rem; font-size: .9rem; }
  input { box-sizing: border-box; width: 100%; padding: .6rem .75rem; font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: .5rem; }
  input:focus, button:focus-visible, a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
  button, a.button { display: block; box-sizing: border-box; width: 100%; margin-top: 1.25rem; padding: .6rem .75rem; font: inherit; text-align: center; text-decoration: none; cursor: pointer; color: #fff; background: var(--accent); border: 1px solid transparent; border-radius: .5rem; }
  button.quiet { width: auto; margin: 0; padding: .25rem .75rem; font-size: .9rem; color: inherit; background: transparent; border-color: var(--line); }
  .or { display: flex; align-items: center; gap: .75rem; margin: 1.5rem 0 .5rem; color: var(--quiet); font-size: .85rem; }
  .or::before, .or::after { content: ""; flex: 1; border-top: 1px solid var(--line); }
  .problem { padding: .6rem .75rem; border: 1px solid color-mix(in srgb, #b3422f 50%, transparent); border-radius: .5rem; background: color-mix(in srgb, #b3422f 8%, transparent); }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.5rem; margin: 0; } dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
  ul { list-style: none; padding: 0; margin: 0; } li { display: flex; justify-content: space-between; align-items: center; gap: 1rem; padding: .75rem 0; border-top: 1px solid var(--line); } li p { margin: 0; overflow-wrap: anywhere; }
`;

/** No scripts, no remote parts; the one inline style is allowed by its hash. Forms lead to this server alone. */
export const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': PAGE_POLICY,
  'Cache-Control': 'no-store',
  // With `no-referrer` a browser sends `Origin: null` with our own forms, by which they could not be told from foreign ones.
  'Referrer-Policy': 'same-origin',
};

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text that is HTML already. */
export interface Markup {
  readonly html: string;
}

/** Writes HTML: whatever is put in is escaped, unless it is markup itself. */
export function markup(texts: TemplateStringsArray, ...values: readonly (string | number | Markup | readonly Markup[] | null)[]): Markup {
  return { html: texts.map((text, index) => text + (index < values.length ? htmlOf(values[index]!) : '')).join('') };
}

function htmlOf(value: string | number | Markup | readonly Markup[] | null): string {
  if (value === null) return '';
  if (typeof value === 'string' || typeof value === 'number') return String(value).replace(/[&<>"']/g, (char) => ENTITIES[char]!);
  return 'html' in value ? value.html : value.map(({ html }) => html).join('');
}

/** A whole page. `refreshTo` is where a browser goes on by itself. */
export function pageOf(title: string, body: Markup, more: { isWide?: boolean; refreshTo?: string } = {}): string {
  const refresh = more.refreshTo === undefined ? null : markup`<meta http-equiv="refresh" content="0; url=${more.refreshTo}">`;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${refresh}<title>${title} · ai-memory</title>
<style>${{ html: STYLE }}</style>
</head>
<body class="${more.isWide ? 'wide' : 'narrow'}">
<header>ai-memory</header>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`.html;
}
