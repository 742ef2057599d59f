const TERMINAL_TICK_MS = 1_000;
const LOG_TICK_MS = 10_000;

/** Tells that a long step is going on and for how many seconds: in place on a terminal, else in a line every 10 s. */
export async function step(label, work) {
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 1000);
  const { isTTY } = process.stdout;
  const show = (text, isLast) => process.stdout.write(isTTY ? `\r${text}${isLast ? '\n' : ''}` : `${text}\n`);
  show(`${label} …`);
  const ticker = setInterval(() => show(`${label} … ${seconds()} s`), isTTY ? TERMINAL_TICK_MS : LOG_TICK_MS);
  try {
    const result = await work();
    show(`${label}: done in ${seconds()} s`, true);
    return result;
  } catch (error) {
    show(`${label}: failed after ${seconds()} s`, true);
    throw error;
  } finally {
    clearInterval(ticker);
  }
}
