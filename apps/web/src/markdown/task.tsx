import { useStrings } from '../strings/strings.js';

/** The box of a list of tasks: told, not to be pressed. */
export function Task({ isDone }: { isDone: boolean }) {
  const { page } = useStrings();
  return <span role="img" aria-label={isDone ? page.done : page.toDo} className={`mr-1.5 inline-grid size-4 place-items-center rounded border align-[-0.15em] text-xs leading-none ${isDone ? 'border-accent bg-accent text-on-accent' : 'border-strong-line'}`}>{isDone ? '✓' : ''}</span>;
}
