import { useStrings } from '../strings/strings.js';

/** Of git's own head of a file nobody learns more than the path says. */
const HEAD = /^(diff --git|index |--- |\+\+\+ |new file mode|deleted file mode|similarity index)/;

function groundOf(line: string): string {
  return line.startsWith('+') ? 'bg-added' : line.startsWith('-') ? 'bg-removed' : line.startsWith('@@') ? 'bg-raised text-quiet' : '';
}

/** A difference as git writes it, line by line. */
export function UnifiedDiff({ diff, isCut, label }: { diff: string; isCut: boolean; label: string }) {
  const { history } = useStrings();
  const lines = bodyOf(diff);
  if (lines.length === 0) return <p className="text-sm text-quiet">{history.noChange}</p>;
  return (
    <div tabIndex={0} role="region" aria-label={label} className="max-h-[60dvh] overflow-auto rounded-lg border border-line">
      <pre className="min-w-full py-1 font-mono text-xs leading-5 whitespace-pre-wrap">{lines.map((line, index) => <span key={index} className={`block px-3 wrap-anywhere ${groundOf(line)}`}>{line || ' '}</span>)}</pre>
      {isCut && <p className="px-3 py-1 text-xs text-quiet">{history.cut}</p>}
    </div>
  );
}

/** Without the head: that ends where the first part begins, so that a text's own lines are never taken for it. */
function bodyOf(diff: string): string[] {
  const lines = diff.replace(/\n$/, '').split('\n').filter((line) => !line.startsWith('\\ '));
  const begin = lines.findIndex((line) => line.startsWith('@@'));
  return begin >= 0 ? lines.slice(begin) : lines.filter((line) => line !== '' && !HEAD.test(line));
}
