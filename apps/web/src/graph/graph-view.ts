import { type Graph, type GraphNode, radiusOf } from './graph-of.js';

/** Which part of the plane is seen: a point of it at the middle of the canvas, and pixels per unit. */
export interface Camera {
  x: number;
  y: number;
  zoom: number;
}

interface Size {
  width: number;
  height: number;
}

const ZOOM = { min: 0.02, max: 6 } as const;
const MARGIN_PX = 40;
/** From so near on all names are drawn; before, those of the most linked pages in view. */
const NAMES_FROM_ZOOM = 1.1;
const NAMED_ALWAYS = 12;
/** Each is held against those before it. */
const NAMED_NEAR_MAX = 500;
const NAME_CHARS_MAX = 32;
const LINE_PX = 14;
const RING_PX = 7;

/** So that all is seen. */
export function cameraOn(nodes: readonly GraphNode[], { width, height }: Size): Camera {
  if (nodes.length === 0) return { x: 0, y: 0, zoom: 1 };
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x = 0, y = 0 } of nodes) [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
  const zoom = Math.min((width - 2 * MARGIN_PX) / Math.max(1, right - left), (height - 2 * MARGIN_PX) / Math.max(1, bottom - top));
  return { x: (left + right) / 2, y: (top + bottom) / 2, zoom: Math.min(1.5, Math.max(ZOOM.min, zoom)) };
}

/** Nearer or farther, with the point under (`px`, `py`) staying where it is. */
export function zoomed(camera: Camera, factor: number, { width, height }: Size, px = width / 2, py = height / 2): Camera {
  const zoom = Math.min(ZOOM.max, Math.max(ZOOM.min, camera.zoom * factor));
  const [dx, dy] = [px - width / 2, py - height / 2];
  return { x: camera.x + dx / camera.zoom - dx / zoom, y: camera.y + dy / camera.zoom - dy / zoom, zoom };
}

/** The page drawn at a place of the canvas, or near it. */
export function nodeAt({ nodes }: Graph, camera: Camera, { width, height }: Size, px: number, py: number): GraphNode | undefined {
  const [x, y] = [camera.x + (px - width / 2) / camera.zoom, camera.y + (py - height / 2) / camera.zoom];
  const reach = 6 / camera.zoom;
  return nodes.findLast((node) => Math.hypot((node.x ?? 0) - x, (node.y ?? 0) - y) <= radiusOf(node) + reach);
}

/** Whether a page lies in the part that is seen. */
export function isInView({ x = 0, y = 0 }: GraphNode, camera: Camera, { width, height }: Size): boolean {
  return Math.abs(x - camera.x) * camera.zoom <= width / 2 && Math.abs(y - camera.y) * camera.zoom <= height / 2;
}

/** Draws it in the colours that the canvas has by its classes: text for pages, stroke for links, fill for names. */
export function draw(canvas: HTMLCanvasElement, { nodes, edges }: Graph, camera: Camera, chosen?: GraphNode): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const [{ color, stroke: line, fill }, scale] = [getComputedStyle(canvas), window.devicePixelRatio];
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  if (canvas.width !== width * scale || canvas.height !== height * scale) [canvas.width, canvas.height] = [width * scale, height * scale];
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, width, height);
  const at = ({ x = 0, y = 0 }: GraphNode): readonly [number, number] => [(x - camera.x) * camera.zoom + width / 2, (y - camera.y) * camera.zoom + height / 2];
  const near = new Set(chosen ? edges.filter(({ source, target }) => source === chosen || target === chosen) : []);
  context.strokeStyle = line;
  context.globalAlpha = 0.55;
  strokes(context, edges, at);
  context.globalAlpha = 1;
  context.strokeStyle = color;
  strokes(context, [...near], at);
  context.fillStyle = color;
  context.globalAlpha = chosen ? 0.35 : 1;
  dots(context, nodes, camera, at);
  context.globalAlpha = 1;
  if (chosen) dots(context, [chosen, ...[...near].flatMap(({ source, target }) => [source, target])], camera, at);
  if (chosen) ring(context, chosen, camera, at);
  context.fillStyle = fill;
  names(context, chosen ? [chosen] : [], nodes, camera, at, { width, height });
}

type At = (node: GraphNode) => readonly [number, number];

function strokes(context: CanvasRenderingContext2D, edges: Graph['edges'], at: At): void {
  context.beginPath();
  for (const { source, target } of edges) {
    context.moveTo(...at(source));
    context.lineTo(...at(target));
  }
  context.stroke();
}

function dots(context: CanvasRenderingContext2D, nodes: readonly GraphNode[], { zoom }: Camera, at: At): void {
  context.beginPath();
  for (const node of nodes) {
    const [x, y] = at(node);
    const radius = Math.max(1.5, radiusOf(node) * Math.min(1.4, zoom));
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, 2 * Math.PI);
  }
  context.fill();
}

/** Among thousands of dots one is found by what stands around it. */
function ring(context: CanvasRenderingContext2D, node: GraphNode, { zoom }: Camera, at: At): void {
  context.beginPath();
  context.arc(...at(node), RING_PX + radiusOf(node) * Math.min(1.4, zoom), 0, 2 * Math.PI);
  context.lineWidth = 2;
  context.stroke();
  context.lineWidth = 1;
}

function names(context: CanvasRenderingContext2D, chosen: readonly GraphNode[], nodes: readonly GraphNode[], camera: Camera, at: At, { width, height }: Size): void {
  context.font = '12px ui-sans-serif, system-ui, sans-serif';
  context.textAlign = 'center';
  const named = nodes.filter((node) => isInView(node, camera, { width, height })).sort((a, b) => b.degree - a.degree).slice(0, camera.zoom >= NAMES_FROM_ZOOM ? NAMED_NEAR_MAX : NAMED_ALWAYS);
  const taken: (readonly [x: number, y: number, width: number])[] = [];
  for (const node of new Set([...chosen, ...named])) {
    const [x, y] = at(node);
    const name = node.title.length > NAME_CHARS_MAX ? `${node.title.slice(0, NAME_CHARS_MAX)}…` : node.title;
    const [below, wide] = [y + Math.max(1.5, radiusOf(node) * Math.min(1.4, camera.zoom)) + 13, context.measureText(name).width];
    // A name over another is none: that of the page with more links stays.
    if (taken.some(([otherX, otherY, other]) => Math.abs(otherX - x) < (other + wide) / 2 + 4 && Math.abs(otherY - below) < LINE_PX)) continue;
    taken.push([x, below, wide]);
    context.fillText(name, x, below);
  }
}
