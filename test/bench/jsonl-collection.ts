import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { BenchDocument, Collection, Group } from './collection.js';

type Line = { id: string; text: string; group?: string; session?: string };

/**
 * Any collection as three files: `docs.jsonl` {id, text, group}, `queries.jsonl` {id, text, group} and `qrels.tsv` (query, document and, if
 * given, grade, by tabs; with a header or without; a grade of zero or less says that a document is not relevant). A group is searched by
 * itself. Documents with a `session` are its turns, in their order.
 */
export function readJsonl(folder: string): Collection {
  const groups = new Map<string, Group>();
  const groupOf = (name = ''): Group => groups.get(name) ?? groups.set(name, { documents: [], queries: [] }).get(name)!;
  const gold = Map.groupBy(readQrels(join(folder, 'qrels.tsv')), ({ query }) => query);
  for (const { id, text, group, session } of readLines(join(folder, 'docs.jsonl'))) groupOf(group).documents.push({ id, text, ...(session !== undefined && { session }) } satisfies BenchDocument);
  for (const { id, text, group } of readLines(join(folder, 'queries.jsonl'))) {
    const documents = gold.get(id)?.map(({ document }) => document);
    if (documents) groupOf(group).queries.push({ text, gold: new Set(documents) });
  }
  return { name: basename(folder), groups: [...groups.values()] };
}

function readLines(path: string): Line[] {
  return readFileSync(path, 'utf8').split('\n').filter((line) => line.trim() !== '').map((line) => {
    const { id, text, group, session } = JSON.parse(line) as Record<string, unknown>;
    return { id: String(id), text: String(text), ...(group !== undefined && { group: String(group) }), ...(session !== undefined && { session: String(session) }) };
  });
}

function readQrels(path: string): { query: string; document: string }[] {
  const rows = readFileSync(path, 'utf8').trim().split('\n').map((line) => line.trim().split(/\t| +/));
  return rows.map((row) => (row.length === 4 ? [row[0]!, row[2]!, row[3]!] : row)).filter(([, , grade]) => grade === undefined || Number(grade) > 0)
    .map(([query, document]) => ({ query: query!, document: document! }));
}
