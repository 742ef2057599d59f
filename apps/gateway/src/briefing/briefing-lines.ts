/** On one line, and cut to so many characters. */
export function oneLine(text: string, charsMax: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= charsMax ? line : `${line.slice(0, charsMax - 1).trimEnd()}…`;
}

/** Nothing in a text may pose as an element of the harness that shows the briefing, or close the one around it. */
export function inert(text: string): string {
  return text.replace(/<(?=\/?(?:hook|system|user|assistant|tool|function|untrusted)[-_:\w]*)/gi, '&lt;');
}

/** Whole lines only. */
export function listPart(title: string, lines: readonly string[], room: number): string {
  const heading = `### ${title}\n`;
  const more = (count: number): string => (count > 0 ? `- and ${count} more\n` : '');
  let text = '';
  for (const [index, line] of lines.entries()) {
    const rest = lines.length - index - 1;
    if (heading.length + text.length + line.length + more(rest).length + 2 > room) {
      return text === '' ? '' : `${heading}${text}${more(rest + 1)}\n`;
    }
    text += `${line}\n`;
  }
  return text === '' ? '' : `${heading}${text}\n`;
}

/** A heading, who it is from, and its text, cut where it must be; undefined where a piece of at least `charsMin` has no room. */
export function bodyBlock({ heading, source, body }: { heading: string; source: string; body: string }, room: number, charsMin: number): string | undefined {
  const bodyRoom = room - heading.length - source.length - 6;
  const text = inert(body.trim());
  if (bodyRoom < Math.min(text.length, charsMin)) return undefined;
  return `${heading}\n${source}\n\n${text.length <= bodyRoom ? text : `${text.slice(0, bodyRoom - 1).trimEnd()}…`}\n\n`;
}
