import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchDocument, BenchQuery, Collection, Group } from './collection.js';

interface Turn {
  speaker: string;
  dia_id: string;
  text: string;
  blip_caption?: string;
}

interface Conversation {
  conversation: Record<string, Turn[] | string>;
  qa: { question: string; evidence?: string[] }[];
}

/** LoCoMo (snap-research): conversations over many sessions. Found by turn, and by session with its date. Questions without evidence that resolves are left out. */
export function readLocomo(dataDir: string): Collection[] {
  const path = join(dataDir, 'locomo', 'locomo10.json');
  if (!existsSync(path)) return [];
  const conversations = (JSON.parse(readFileSync(path, 'utf8')) as Conversation[]).map(readConversation);
  return [
    { name: 'LoCoMo sessions', groups: conversations.map(({ sessions }) => sessions) },
    { name: 'LoCoMo turns', groups: conversations.map(({ turns }) => turns) },
  ];
}

function readConversation({ conversation, qa }: Conversation): { sessions: Group; turns: Group } {
  const numbers = Object.keys(conversation).flatMap((key) => /^session_(\d+)$/.exec(key)?.[1] ?? []).map(Number).sort((a, b) => a - b);
  const turnsOf = (number: number): Turn[] => conversation[`session_${number}`] as Turn[];
  const turns = numbers.flatMap((number) => turnsOf(number).map((turn): BenchDocument => ({ id: turn.dia_id, text: textOf(turn), session: String(number) })));
  const sessions = numbers.map((number): BenchDocument => ({ id: `D${number}`, text: [conversation[`session_${number}_date_time`], ...turnsOf(number).map(textOf)].join('\n') }));
  const known = new Set(turns.map(({ id }) => id));
  const questions = qa.map(({ question, evidence = [] }) => ({ text: question, ids: evidence.flatMap((each) => each.split(/[;\s]+/)).filter((id) => known.has(id)) })).filter(({ ids }) => ids.length > 0);
  return {
    sessions: { documents: sessions, queries: questions.map(({ text, ids }) => ({ text, gold: new Set(ids.map((id) => id.split(':')[0]!)) })) },
    turns: { documents: turns, queries: questions.map(({ text, ids }) => ({ text, gold: new Set(ids) })) },
  };
}

function textOf({ speaker, text, blip_caption: caption }: Turn): string {
  return `${speaker}: ${text}${caption ? ` ${caption}` : ''}`;
}

/** CoSQA's development set: questions, and Python functions with one answer each. */
export function readCosqa(dataDir: string): Collection[] {
  const folder = join(dataDir, 'cosqa');
  if (!existsSync(folder)) return [];
  const codes = JSON.parse(readFileSync(join(folder, 'code_idx_map.txt'), 'utf8')) as Record<string, number>;
  const questions = JSON.parse(readFileSync(join(folder, 'cosqa-retrieval-dev-500.json'), 'utf8')) as { doc: string; retrieval_idx: number }[];
  const documents = Object.entries(codes).map(([text, id]): BenchDocument => ({ id: String(id), text }));
  return [{ name: 'CoSQA', groups: [{ documents, queries: questions.map(({ doc, retrieval_idx: id }) => ({ text: doc, gold: new Set([String(id)]) })) }] }];
}

/** Cranfield, in SMART format: abstracts (some are empty, and left out), and questions numbered by their place. A judgement of -1 says that a document is not relevant. */
export function readCranfield(dataDir: string): Collection[] {
  const folder = join(dataDir, 'cranfield');
  if (!existsSync(folder)) return [];
  const documents = recordsOf(join(folder, 'cran.all.1400')).map(({ number, T = '', W = '' }): BenchDocument => ({ id: String(number), text: `${T.replaceAll('\n', ' ')}\n${W}` })).filter(({ text }) => text.trim() !== '');
  const judgements = readFileSync(join(folder, 'cranqrel'), 'utf8').trim().split('\n').map((line) => line.trim().split(/\s+/).map(Number)).filter(([, , grade]) => grade! >= 0);
  const gold = Map.groupBy(judgements, ([query]) => query!);
  const queries = recordsOf(join(folder, 'cran.qry')).map(({ W = '' }, index): BenchQuery => ({ text: W.replaceAll('\n', ' '), gold: new Set(gold.get(index + 1)?.map(([, document]) => String(document))) }));
  return [{ name: 'Cranfield', groups: [{ documents, queries: queries.filter((query) => query.gold.size > 0) }] }];
}

function recordsOf(path: string): { number: number; T?: string; W?: string }[] {
  return readFileSync(path, 'utf8').split(/^\.I /m).slice(1).map((record) => {
    const [number, ...fields] = record.split(/^\.([TABW])\n/m);
    const entries = fields.flatMap((field, index) => (index % 2 === 0 ? [[field, fields[index + 1]!.trim()] as const] : []));
    return { number: Number(number), ...Object.fromEntries(entries) };
  });
}
