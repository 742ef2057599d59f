import { useId } from 'react';

/** From here on there is not much room left. */
const NEARLY = 0.9;

/** How much of what may be is; without `max` the amount alone. */
export function Meter({ label, value, max, text }: { label: string; value: number; max?: number; text: (value: number) => string }) {
  const id = useId();
  const share = max ? Math.min(value / max, 1) : 0;
  return (
    <div className="rounded-lg border border-line p-3">
      <div className="flex items-baseline justify-between gap-3 text-sm"><span id={id} className="text-quiet">{label}</span><span className="tabular-nums"><span className="font-medium">{text(value)}</span>{max !== undefined && <span className="text-quiet"> / {text(max)}</span>}</span></div>
      {max !== undefined && (
        <div role="meter" aria-labelledby={id} aria-valuenow={value} aria-valuemin={0} aria-valuemax={max} aria-valuetext={`${text(value)} / ${text(max)}`} className="mt-2 h-1.5 overflow-hidden rounded-full bg-hover">
          <div className={`h-full rounded-full ${share >= NEARLY ? 'bg-danger' : 'bg-accent'}`} style={{ width: `${share * 100}%` }} />
        </div>
      )}
    </div>
  );
}
