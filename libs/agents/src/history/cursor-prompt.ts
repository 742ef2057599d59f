/** From the first tag to the last: what a person wrote may name the tag itself. */
const QUERY = /<user_query>([\s\S]*)<\/user_query>/;
/** What Cursor puts around a prompt, or in place of one. Its names have an underscore, which names of HTML have not. */
const SCAFFOLDING = /^<([a-z]+(?:[_-][a-z]+)+|timestamp)\b[^>]*>[\s\S]*?<\/\1>/gm;
const TIMESTAMP = /<timestamp>\w+, (\w{3} \d{1,2}, \d{4}), (\d{1,2}:\d\d)\s([AP]M) \(UTC(?:([+-])(\d{1,2})(?::(\d\d))?)?\)<\/timestamp>/;

/** What a person wrote, as the hook is given it; empty for a message that holds nothing of the kind. */
export function promptIn(text: string): string {
  return (QUERY.exec(text)?.[1] ?? text.replace(SCAFFOLDING, '')).trim();
}

/** When it was written, to the minute, in milliseconds since the epoch; undefined where it does not say so in English. */
export function timeIn(text: string): number | undefined {
  const found = TIMESTAMP.exec(text);
  if (!found) return undefined;
  const [, day, clock, half, sign = '+', hours = '0', minutes = '00'] = found;
  const time = Date.parse(`${day} ${clock} ${half} GMT${sign}${hours.padStart(2, '0')}${minutes}`);
  return Number.isNaN(time) ? undefined : time;
}
