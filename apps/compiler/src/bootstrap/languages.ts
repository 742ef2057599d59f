const LANGUAGES: Readonly<Record<string, string>> = {
  ts: 'TypeScript', tsx: 'TypeScript', mts: 'TypeScript', js: 'JavaScript', jsx: 'JavaScript', mjs: 'JavaScript', cjs: 'JavaScript', py: 'Python', rs: 'Rust', go: 'Go', java: 'Java', kt: 'Kotlin',
  rb: 'Ruby', php: 'PHP', cs: 'C#', c: 'C', h: 'C', cc: 'C++', cpp: 'C++', hpp: 'C++', swift: 'Swift', scala: 'Scala', ex: 'Elixir', exs: 'Elixir', sh: 'shell', sql: 'SQL', vue: 'Vue', svelte: 'Svelte',
  css: 'CSS', scss: 'CSS', html: 'HTML', md: 'Markdown', mdx: 'Markdown', yml: 'YAML', yaml: 'YAML', json: 'JSON', tf: 'Terraform', proto: 'Protocol Buffers',
};
/** They accompany code, and would else hide what it is written in. */
const COMPANIONS = new Set(['Markdown', 'YAML', 'JSON', 'HTML', 'CSS']);

/** Languages by the number of files, most first; what only accompanies code comes last. */
export function languagesOf(endings: Readonly<Record<string, number>>): { language: string; files: number }[] {
  const counts = new Map<string, number>();
  for (const [ending, files] of Object.entries(endings)) {
    const language = LANGUAGES[ending];
    if (language !== undefined) counts.set(language, (counts.get(language) ?? 0) + files);
  }
  const rank = (language: string): number => Number(COMPANIONS.has(language));
  return [...counts].map(([language, files]) => ({ language, files })).toSorted((a, b) => rank(a.language) - rank(b.language) || b.files - a.files || (a.language < b.language ? -1 : 1));
}
