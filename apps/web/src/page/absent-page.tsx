import { Link } from '@tanstack/react-router';
import { useStrings } from '../strings/strings.js';
import { buttonClass } from '../ui/button.js';
import { PageTitle } from '../ui/layout.js';
import { Empty } from '../ui/states.js';
import type { PageRef } from './page-queries.js';

/** Of a page that is not there: it may have been, and can be written. */
export function AbsentPage({ pageRef: { workspace, project, path } }: { pageRef: PageRef }) {
  const { problem, page } = useStrings();
  return (
    <>
      <PageTitle title={problem.notFound} of={project} above={<span className="font-mono text-xs">{path}</span>} />
      <Empty title={problem.notFoundHint}>
        <Link to="/w/$workspace/$project/pages/$" params={{ workspace, project, _splat: path }} search={{ view: 'history' }} className={buttonClass()}>{page.wasHere}</Link>
        <Link to="/w/$workspace/$project/new" params={{ workspace, project }} search={{ path }} className={buttonClass()}>{page.writeHere}</Link>
      </Empty>
    </>
  );
}
