import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What only the build needs: compiler, and all that becomes the web's files. They are dependencies, since a checkout is built where it is started. */
const OF_THE_BUILD = [
  'typescript', 'vite', '@vitejs/plugin-react', 'tailwindcss', '@tailwindcss/vite', 'react', 'react-dom', '@base-ui/react', '@tanstack/react-query', '@tanstack/react-router', '@tanstack/react-virtual', 'react-markdown', 'lowlight', 'd3-force', 'mdast-util-find-and-replace', 'remark-gfm', 'openapi-fetch',
];

/** Takes them out of the package.json of the current folder, so that `npm prune` removes them and what they brought. */
const path = join(process.cwd(), 'package.json');
const manifest = JSON.parse(readFileSync(path, 'utf8'));
for (const name of OF_THE_BUILD) {
  if (!manifest.dependencies[name]) throw new Error(`${name} is no dependency: mend the list in scripts/forget-build-packages.mjs`);
  delete manifest.dependencies[name];
}
writeFileSync(path, `${JSON.stringify(manifest, null, 2)}\n`);
