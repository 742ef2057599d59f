import { forceLink, forceManyBody, forceSimulation, forceX, forceY, type Simulation } from 'd3-force';
import type { Graph, GraphEdge, GraphNode } from './graph-of.js';

/** Steps until nothing moves any more that could be seen. */
const STEPS = 180;
/** How far groups of pages are taken for one: at this a step of 5,000 pages takes some 20 ms, and looks like a finer one. */
const COARSENESS = 1.5;

/**
 * Finds places for pages, by a step in each frame, and tells after each; gives a way to stop. Not in a worker: the page's
 * policy lets no script be named by a string.
 */
export function layOut(graph: Graph, onStep: (isDone: boolean) => void): () => void {
  const simulation = simulationOf(graph);
  let [step, frame] = [0, 0];
  const next = (): void => {
    simulation.tick();
    step += 1;
    onStep(step >= STEPS);
    if (step < STEPS) frame = requestAnimationFrame(next);
  };
  frame = requestAnimationFrame(next);
  return () => cancelAnimationFrame(frame);
}

function simulationOf({ nodes, edges }: Graph): Simulation<GraphNode, GraphEdge> {
  return forceSimulation<GraphNode>(nodes).stop().alphaDecay(1 - 0.001 ** (1 / STEPS))
    .force('link', forceLink<GraphNode, GraphEdge>(edges).distance(45))
    .force('apart', forceManyBody<GraphNode>().strength(-70).theta(COARSENESS))
    .force('x', forceX<GraphNode>(0).strength(0.04)).force('y', forceY<GraphNode>(0).strength(0.04));
}
