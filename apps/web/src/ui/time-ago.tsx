import { useStrings } from '../strings/strings.js';

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [['year', 31_536_000], ['month', 2_592_000], ['week', 604_800], ['day', 86_400], ['hour', 3_600], ['minute', 60]];

/** Formats are dear to make, and pages full of times. */
const formats = new Map<string, { ago: Intl.RelativeTimeFormat; whole: Intl.DateTimeFormat }>();

function formatsIn(language: string) {
  if (!formats.has(language)) formats.set(language, { ago: new Intl.RelativeTimeFormat(language, { numeric: 'auto' }), whole: new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }) });
  return formats.get(language)!;
}

/** "3 hours ago", in the language of the page; under a minute, that it was just now. */
export function agoText(iso: string, language: string, now: string, nowMs = Date.now()): string {
  const seconds = (Date.parse(iso) - nowMs) / 1_000;
  const step = STEPS.find(([, size]) => Math.abs(seconds) >= size);
  return step ? formatsIn(language).ago.format(Math.round(seconds / step[1]), step[0]) : now;
}

export function TimeAgo({ at, className }: { at: string; className?: string }) {
  const { language, time } = useStrings();
  return <time dateTime={at} title={formatsIn(language.code).whole.format(new Date(at))} className={className}>{agoText(at, language.code, time.now)}</time>;
}
