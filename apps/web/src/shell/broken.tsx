import { useEffect } from 'react';
import { useStrings } from '../strings/strings.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { Problem } from '../ui/states.js';
import { ApiProblem } from '../api/problem.js';

/** A part of the program that is not there any more: the server has another version since this page was loaded. */
function isOfAnOldBuild(error: unknown): boolean {
  return error instanceof Error && /dynamically imported module|module script failed/i.test(error.message);
}

/** In place of a page that failed. */
export function Broken({ error }: { error: unknown }) {
  const { problem } = useStrings();
  const isOld = isOfAnOldBuild(error);
  useEffect(() => { if (!isOld) console.error(error); }, [error, isOld]);
  if (error instanceof ApiProblem) return <Problem isWholePage error={error} />;
  return (
    <div role="alert" className="mx-auto flex max-w-md flex-col items-center pt-[12vh] text-center">
      <Icon name="warning" className="size-6 text-warn" />
      <h1 className="mt-3 font-medium">{isOld ? problem.newVersion : problem.broken}</h1>
      {!isOld && <p className="mt-1 text-sm text-quiet">{problem.brokenHint}</p>}
      <Button className="mt-4" onClick={() => window.location.reload()}>{isOld ? problem.reload : problem.retry}</Button>
    </div>
  );
}

export function NotFound() {
  const { problem } = useStrings();
  return <Problem isWholePage error={new ApiProblem(404, 'not-found', problem.notFoundHint)} />;
}
