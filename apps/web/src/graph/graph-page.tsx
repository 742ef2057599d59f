import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useDeferredValue, useMemo, useState } from 'react';
import type { Place } from '../api/queries.js';
import { useStrings } from '../strings/strings.js';
import { Asked } from '../ui/asked.js';
import { TextField } from '../ui/field.js';
import { PageTitle } from '../ui/layout.js';
import { Empty } from '../ui/states.js';
import { GraphCanvas } from './graph-canvas.js';
import { type Graph, type GraphNode, nodesBy } from './graph-of.js';
import { graphQuery } from './graph-queries.js';

/** Listed at once; the filter finds the others. */
const LISTED_MAX = 100;

/** How pages hang together: drawn, and as a list that says the same. */
export function GraphPage() {
  const { workspace, project } = useParams({ from: '/w/$workspace/$project' });
  const place = { workspace, project };
  const { graph: words, project: ofProject, count } = useStrings();
  const query = useQuery(graphQuery(place));
  return (
    <>
      <PageTitle title={words.title} of={project} above={query.data && `${count.pages(query.data.graph.nodes.length)} · ${words.links(query.data.graph.edges.length)}${query.data.isCut ? ` · ${words.cut}` : ''}`} />
      <Asked query={query} lines={12}>{({ graph }) => (graph.nodes.length === 0 ? <Empty icon="graph" title={ofProject.noPages} hint={ofProject.noPagesHint} /> : <GraphAndList place={place} graph={graph} />)}</Asked>
    </>
  );
}

function GraphAndList({ place, graph }: { place: Place; graph: Graph }) {
  const [chosen, setChosen] = useState<GraphNode>();
  const navigate = useNavigate();
  const open = (node: GraphNode) => void navigate({ to: '/w/$workspace/$project/pages/$', params: { ...place, _splat: node.path } });
  return (
    <div className="grid grid-cols-1 gap-6 lg:grid-cols-[minmax(0,1fr)_17rem]">
      <GraphCanvas graph={graph} chosen={chosen} onChoose={setChosen} onOpen={open} />
      <NodeList place={place} nodes={graph.nodes} onChoose={setChosen} />
    </div>
  );
}

function NodeList({ place, nodes, onChoose }: { place: Place; nodes: readonly GraphNode[]; onChoose: (node: GraphNode | undefined) => void }) {
  const { graph: words, project } = useStrings();
  const [wanted, setWanted] = useState('');
  const deferred = useDeferredValue(wanted);
  const found = useMemo(() => nodesBy(deferred, nodes), [deferred, nodes]);
  return (
    <div className="min-w-0">
      <TextField label={project.filterTree} isLabelHidden type="search" placeholder={project.filterTree} value={wanted} onChange={(event) => setWanted(event.target.value)} className="mb-2" />
      <ul aria-label={words.byLinks} className="max-h-[64dvh] overflow-y-auto text-sm">
        {found.slice(0, LISTED_MAX).map((node) => (
          <li key={node.path}>
            <Link to="/w/$workspace/$project/pages/$" params={{ ...place, _splat: node.path }} title={node.path} onFocus={() => onChoose(node)} onBlur={() => onChoose(undefined)} onMouseEnter={() => onChoose(node)} onMouseLeave={() => onChoose(undefined)}
              className="flex min-h-7 items-center gap-2 rounded px-1.5 text-quiet hover:bg-hover hover:text-ink focus-visible:-outline-offset-2">
              <span className="min-w-0 flex-1 truncate">{node.title}</span><span className="text-xs tabular-nums"><span className="sr-only">{words.links(node.degree)}</span><span aria-hidden="true">{node.degree}</span></span>
            </Link>
          </li>
        ))}
      </ul>
      {found.length > LISTED_MAX && <p className="mt-2 px-1.5 text-xs text-quiet">{words.more(found.length - LISTED_MAX)}</p>}
    </div>
  );
}
