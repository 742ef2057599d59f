import { createHash } from 'node:crypto';

const STYLE = `
  :root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif; }
  body { max-width: 40rem; margin: 15vh auto 4rem; padding: 0 1.5rem; }
  h1 { font-size: 1.5rem; margin-bottom: 0; }
  small, footer { opacity: .65; }
  pre { overflow-x: auto; padding: .75rem 1rem; border: 1px solid color-mix(in srgb, currentColor 20%, transparent); border-radius: .5rem; }
  footer { margin-top: 3rem; }`;

/** No scripts, no remote parts; the one inline style is allowed by its hash. */
export const FRONT_PAGE_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** What a browser shows at the printed address. The same for everybody: it holds nothing of any tenant. */
export function frontPage(version: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>ai-memory</title>
<style>${STYLE}</style>
</head>
<body>
<h1>ai-memory</h1>
<small>version ${version}</small>
<p>Shared memory for coding agents: what one session learned, the next one knows. This server is running.</p>
<p>To connect an agent, give its MCP client this server's address followed by <code>/mcp</code>, and a token:</p>
<pre>{ "mcpServers": { "ai-memory": { "type": "http", "url": "…/mcp",
  "headers": { "Authorization": "Bearer &lt;token&gt;" } } } }</pre>
<footer><a href="/openapi.json">REST API</a> · <a href="/readyz">Readiness</a></footer>
</body>
</html>
`;
}
