import { layOut } from './graph-layout.js';
import type { Graph, GraphNode } from './graph-of.js';
import { type Camera, cameraOn, draw, isInView, nodeAt, zoomed } from './graph-view.js';

/** A wheel that turned so far brings one about three times as near. */
const WHEEL_PX = 400;

/** A graph on its canvas: laid out, kept in view as a whole until somebody moves it, and drawn whenever something is other than before. */
export class GraphScene {
  private camera: Camera = { x: 0, y: 0, zoom: 1 };
  private chosen: GraphNode | undefined;
  private isMoved = false;

  constructor(private readonly canvas: HTMLCanvasElement, private readonly graph: Graph) {}

  /** `onSettled` is told once nothing moves by itself any more. Gives a way to stop. */
  start(onSettled: () => void): () => void {
    const stopLayout = layOut(this.graph, (isDone) => {
      if (!this.isMoved) this.camera = cameraOn(this.graph.nodes, this.size());
      this.draw();
      if (isDone) onSettled();
    });
    const wheel = (event: WheelEvent): void => {
      event.preventDefault();
      this.move(zoomed(this.camera, Math.exp(-event.deltaY / WHEEL_PX), this.size(), event.offsetX, event.offsetY));
    };
    // React's own listener could not keep the page from scrolling.
    this.canvas.addEventListener('wheel', wheel, { passive: false });
    const observer = new ResizeObserver(() => this.draw());
    observer.observe(this.canvas);
    return () => {
      stopLayout();
      this.canvas.removeEventListener('wheel', wheel);
      observer.disconnect();
    };
  }

  /** A page that is out of view is brought to the middle. */
  choose(node: GraphNode | undefined): void {
    this.chosen = node;
    if (node && !isInView(node, this.camera, this.size())) this.move({ ...this.camera, x: node.x ?? 0, y: node.y ?? 0 });
    else this.draw();
  }

  /** By pixels. */
  pan(dx: number, dy: number): void {
    this.move({ ...this.camera, x: this.camera.x - dx / this.camera.zoom, y: this.camera.y - dy / this.camera.zoom });
  }

  zoom(factor: number): void {
    this.move(zoomed(this.camera, factor, this.size()));
  }

  showAll(): void {
    this.move(cameraOn(this.graph.nodes, this.size()));
  }

  /** The page at a point of the window. */
  nodeAt(clientX: number, clientY: number): GraphNode | undefined {
    const { left, top } = this.canvas.getBoundingClientRect();
    return nodeAt(this.graph, this.camera, this.size(), clientX - left, clientY - top);
  }

  private move(camera: Camera): void {
    this.isMoved = true;
    this.camera = camera;
    this.draw();
  }

  private draw(): void {
    draw(this.canvas, this.graph, this.camera, this.chosen);
  }

  private size(): { width: number; height: number } {
    return { width: this.canvas.clientWidth, height: this.canvas.clientHeight };
  }
}
