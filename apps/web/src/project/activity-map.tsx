import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Place } from '../api/queries.js';
import { useStrings } from '../strings/strings.js';
import { heatOf, weeksOf } from './activity-weeks.js';
import { daysQuery } from './project-queries.js';

const CELL_PX = 11;
const STEP_PX = 14;
const COLOURS = ['fill-hover', 'fill-heat-1', 'fill-heat-2', 'fill-heat-3', 'fill-heat-4'] as const;

/** A year of days, a week a column, the darker the more was captured. A screen reader is told the sum. */
export function ActivityMap({ place }: { place: Place }) {
  const { project, count, language } = useStrings();
  const { data } = useQuery(daysQuery(place));
  const days = data?.days ?? [];
  const [now] = useState(() => new Date());
  const weeks = weeksOf(days, now);
  const most = Math.max(0, ...days.map(({ observations }) => observations));
  const label = `${project.activity}: ${count.events(days.reduce((sum, { observations }) => sum + observations, 0))}`;
  return (
    <div ref={(box) => { if (box) box.scrollLeft = box.scrollWidth; }} className="overflow-x-auto" tabIndex={0} role="region" aria-label={project.activity}>
      <svg role="img" aria-label={label} viewBox={`0 0 ${weeks.length * STEP_PX - (STEP_PX - CELL_PX)} ${7 * STEP_PX - (STEP_PX - CELL_PX)}`} className="block w-full min-w-xl">
        {weeks.map((week, column) => week.map(({ day, observations }) => (
          <rect key={day} x={column * STEP_PX} y={new Date(day).getUTCDay() * STEP_PX} width={CELL_PX} height={CELL_PX} rx={2.5} className={COLOURS[heatOf(observations, most)]}>
            <title>{project.activityDay(observations, new Date(day).toLocaleDateString(language.code, { timeZone: 'UTC', dateStyle: 'medium' }))}</title>
          </rect>
        )))}
      </svg>
    </div>
  );
}
