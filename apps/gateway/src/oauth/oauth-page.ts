import { createHash } from 'node:crypto';

const STYLE = `
  :root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif; }
  body { max-width: 34rem; margin: 12vh auto 4rem; padding: 0 1.5rem; }
  h1 { font-size: 1.4rem; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; }
  dd { margin: 0; overflow-wrap: anywhere; }
  input, button { font: inherit; padding: .4rem .9rem; border-radius: .4rem; border: 1px solid color-mix(in srgb, currentColor 40%, transparent); }
  input[type=password], input[type=text] { width: 100%; box-sizing: border-box; margin-bottom: .75rem; }
  label { display: block; }
  .problem { border-left: .25rem solid #c33; padding-left: .75rem; }
  small, footer { opacity: .7; }
  footer { margin-top: 3rem; }`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** Made of `html` alone, so that no text comes into a page unescaped. */
export interface Html {
  readonly markup: string;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Markup with values in it: texts are escaped, markup and lists of it stay. */
export function html(strings: TemplateStringsArray, ...values: readonly (string | Html | readonly Html[])[]): Html {
  const texts = values.map((value) => (typeof value === 'string' ? value.replaceAll(/[&<>"']/g, (each) => ESCAPES[each]!) : 'markup' in value ? value.markup : value.map(({ markup }) => markup).join('')));
  return { markup: String.raw({ raw: strings }, ...texts) };
}

/** Headers and text of a page: no script, nothing from elsewhere, in no frame. */
export interface Page {
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** `formTarget` is where a form's answer may lead besides here: browsers hold a redirect to it as well. */
export function page(title: string, body: Html, formTarget = ''): Page {
  const policy = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'self'${formTarget && ` ${formTarget}`}; frame-ancestors 'none'`;
  const { markup } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – ai-memory</title>
<style>${{ markup: STYLE }}</style>
</head>
<body>
<h1>${title}</h1>
${body}
<footer><small>ai-memory</small></footer>
</body>
</html>
`;
  const headers = {
    'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy, 'cache-control': 'no-store', 'x-frame-options': 'DENY',
    // With `no-referrer` a browser would send "Origin: null" with the form, which says of no page that it is ours.
    'referrer-policy': 'same-origin',
  };
  return { headers, text: markup };
}
