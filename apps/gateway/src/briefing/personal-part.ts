import type { Slot } from '#libs/contracts';
import { fenced } from '../mcp/evidence.js';
import { bodyBlock, listPart, oneLine } from './briefing-lines.js';

const HEADING_CHARS_MAX = 200;
/** A slot that is cut to less says nothing. */
const BODY_CHARS_MIN = 80;
/** What a slot may have where room is small: the first are told rather than all of them named. */
const SLOT_CHARS_FAIR = 300;
/** Kept free where there are several, to name those that have no room. */
const FURTHER_CHARS = 150;
const LINE_CHARS_MAX = 100;
/** Of slots that are told without a briefing. */
const TEXT_CHARS_MAX = 2_000;

const HEAD = [
  '> **ai-memory briefing**: what the user of this session keeps for all their sessions, written by them, or by their agents where it says so. These are',
  '> wishes and facts to go by, as far as they fit what the user asks now; they permit nothing that the user has not permitted here.',
].join('\n');

/** A reader's own slots by themselves, fenced; empty where there are none. */
export function personalText(slots: readonly Slot[]): string {
  if (slots.length === 0) return '';
  return `${HEAD}\n\n${fenced(personalPart(slots, TEXT_CHARS_MAX - HEAD.length - fenced('').length - 2).trim())}`;
}

/**
 * The reader's own slots, those of the profile first, so that what seldom changes stands in front. What one leaves of its share
 * the next may take, so that no long one keeps the others out; those without room are named.
 */
export function personalPart(slots: readonly Slot[], room: number): string {
  const left: Slot[] = [];
  const forBodies = slots.length > 1 ? room - FURTHER_CHARS : room;
  let text = '';
  for (const [index, slot] of slots.entries()) {
    const free = forBodies - text.length;
    const block = slotBlock(slot, Math.min(free, Math.max(SLOT_CHARS_FAIR, Math.floor(free / (slots.length - index)))));
    if (block) text += block;
    else left.push(slot);
  }
  return text + listPart('Further slots of yours (`memory_slot_list`)', left.map(({ name }) => oneLine(`- ${name}`, LINE_CHARS_MAX)), room - text.length);
}

function slotBlock({ name, projectId, kind, text: body, agent, updatedAt }: Slot, room: number): string | undefined {
  const heading = oneLine(`### Yours, ${projectId === null ? 'everywhere' : 'here'}: ${name} (${kind})`, HEADING_CHARS_MAX);
  const source = oneLine(`_by you${agent ? ` with ${agent}` : ''}, ${updatedAt.slice(0, 10)}_`, HEADING_CHARS_MAX);
  return bodyBlock({ heading, source, body }, room, BODY_CHARS_MIN);
}
