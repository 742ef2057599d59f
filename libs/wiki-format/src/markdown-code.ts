const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/;

/**
 * The text with everything in code fences and code spans replaced by spaces, line for line and character for character,
 * so that what looks like a link or a heading in there is none. Takes time in proportion to the text.
 */
export function withoutCode(markdown: string): string {
  return withoutFences(markdown).split(/(\n[ \t\r]*\n)/).map(withoutSpans).join('');
}

function withoutFences(markdown: string): string {
  let open: string | undefined;
  const lines = markdown.split('\n').map((line) => {
    const [, marker = '', rest = ''] = FENCE.exec(line.replace(/\r$/, '')) ?? [];
    const isInside = open !== undefined;
    if (open === undefined && marker && !(marker.startsWith('`') && rest.includes('`'))) open = marker;
    else if (open !== undefined && marker.startsWith(open) && rest.trim() === '') open = undefined;
    return isInside || open !== undefined ? blank(line) : line;
  });
  return lines.join('\n');
}

interface Run {
  start: number;
  length: number;
  isEscaped: boolean;
}

/** A run of backticks opens a span that the next run of the same length closes; one without a partner is just text. */
function withoutSpans(paragraph: string): string {
  const runs = runsOf(paragraph);
  const next = nextOfSameLength(runs);
  let result = '';
  let done = 0;
  for (let index = 0; index < runs.length; index += 1) {
    const closer = next[index];
    if (runs[index]!.isEscaped || closer === undefined) continue;
    const end = runs[closer]!.start + runs[closer]!.length;
    result += paragraph.slice(done, runs[index]!.start) + blank(paragraph.slice(runs[index]!.start, end));
    done = end;
    index = closer;
  }
  return result + paragraph.slice(done);
}

function runsOf(paragraph: string): Run[] {
  return [...paragraph.matchAll(/`+/g)].map(({ 0: run, index }) => {
    let backslashes = 0;
    while (paragraph[index - 1 - backslashes] === '\\') backslashes += 1;
    return { start: index, length: run.length, isEscaped: backslashes % 2 === 1 };
  });
}

function nextOfSameLength(runs: readonly Run[]): (number | undefined)[] {
  const seen = new Map<number, number>();
  const next: (number | undefined)[] = [];
  for (let index = runs.length - 1; index >= 0; index -= 1) {
    next[index] = seen.get(runs[index]!.length);
    seen.set(runs[index]!.length, index);
  }
  return next;
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}
