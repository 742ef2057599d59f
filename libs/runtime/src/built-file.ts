import { fileURLToPath } from 'node:url';

/** Path of a file beside the caller's that a thread or process is to run: where tests run the source, of what was built of it. */
export function builtFile({ href }: URL): string {
  return fileURLToPath(import.meta.url.endsWith('.ts') ? href.replace(/^(.*)\/apps\//, '$1/dist/apps/') : href);
}
