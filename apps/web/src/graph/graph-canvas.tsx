import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { useStrings } from '../strings/strings.js';
import { Button } from '../ui/button.js';
import type { Graph, GraphNode } from './graph-of.js';
import { GraphScene } from './graph-scene.js';

const ZOOM_STEP = 1.4;
/** A pointer that moved less has clicked. */
const CLICK_PX = 4;

interface GraphCanvasProps {
  graph: Graph;
  chosen?: GraphNode;
  onChoose: (node: GraphNode | undefined) => void;
  onOpen: (node: GraphNode) => void;
}

/** The graph as it can be looked at: dragged, zoomed, pointed at. All that it shows is in the list beside it too. */
export function GraphCanvas({ graph, chosen, onChoose, onOpen }: GraphCanvasProps) {
  const { graph: words } = useStrings();
  const canvas = useRef<HTMLCanvasElement>(null);
  const scene = useRef<GraphScene>(null);
  const pressed = useRef<{ x: number; y: number; moved: number }>(null);
  const [settled, setSettled] = useState<Graph>();
  useEffect(() => {
    scene.current = new GraphScene(canvas.current!, graph);
    return scene.current.start(() => setSettled(graph));
  }, [graph]);
  useEffect(() => scene.current?.choose(chosen), [chosen]);
  const press = (event: PointerEvent): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    pressed.current = { x: event.clientX, y: event.clientY, moved: 0 };
  };
  const move = (event: PointerEvent): void => {
    if (!pressed.current) return onChoose(scene.current?.nodeAt(event.clientX, event.clientY));
    const [dx, dy] = [event.clientX - pressed.current.x, event.clientY - pressed.current.y];
    pressed.current = { x: event.clientX, y: event.clientY, moved: pressed.current.moved + Math.hypot(dx, dy) };
    scene.current?.pan(dx, dy);
  };
  const release = (event: PointerEvent): void => {
    const node = pressed.current && pressed.current.moved < CLICK_PX ? scene.current?.nodeAt(event.clientX, event.clientY) : undefined;
    pressed.current = null;
    if (node) onOpen(node);
  };
  return (
    <div className="relative">
      <canvas ref={canvas} role="img" aria-busy={settled !== graph} aria-label={words.label(graph.nodes.length, graph.edges.length)} className="block h-[70dvh] w-full touch-none rounded-lg border border-line bg-ground fill-ink stroke-strong-line text-accent"
        onPointerDown={press} onPointerMove={move} onPointerUp={release} onPointerCancel={() => { pressed.current = null; }} onPointerLeave={() => onChoose(undefined)} />
      <div className="absolute right-3 bottom-3 flex gap-1">
        <Button aria-label={words.nearer} onClick={() => scene.current?.zoom(ZOOM_STEP)}>+</Button>
        <Button aria-label={words.farther} onClick={() => scene.current?.zoom(1 / ZOOM_STEP)}>−</Button>
        <Button onClick={() => scene.current?.showAll()}>{words.whole}</Button>
      </div>
    </div>
  );
}
