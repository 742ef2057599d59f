import type { SimulationLinkDatum, SimulationNodeDatum } from 'd3-force';

export interface LinkedPage {
  path: string;
  title: string;
  links: readonly string[];
}

export interface GraphNode extends SimulationNodeDatum {
  path: string;
  title: string;
  /** Links from here and to here. */
  degree: number;
}
export type GraphEdge = SimulationLinkDatum<GraphNode> & { source: GraphNode; target: GraphNode };

export interface Graph {
  nodes: GraphNode[];
  edges: GraphEdge[];
}

/** In units of the plane: what is linked more is larger. */
export function radiusOf({ degree }: GraphNode): number {
  return 3 + Math.min(12, Math.sqrt(degree) * 1.8);
}

/** Pages and links as a graph: two pages that link to each other have one edge, and a link to what is not among them has none. */
export function graphOf(pages: readonly LinkedPage[]): Graph {
  const nodes = pages.map(({ path, title }): GraphNode => ({ path, title, degree: 0 }));
  const byPath = new Map(nodes.map((node) => [node.path, node]));
  const edges = new Map<string, GraphEdge>();
  for (const { path, links } of pages) {
    for (const link of links) {
      const [source, target] = [byPath.get(path)!, byPath.get(link)];
      const key = [path, link].sort().join('\n');
      if (!target || target === source || edges.has(key)) continue;
      edges.set(key, { source, target });
      source.degree += 1;
      target.degree += 1;
    }
  }
  return { nodes, edges: [...edges.values()] };
}

/** What a person looks for, the most linked first. */
export function nodesBy(wanted: string, nodes: readonly GraphNode[]): GraphNode[] {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  return nodes.filter(({ path, title }) => words.every((word) => `${path} ${title}`.toLowerCase().includes(word))).sort((a, b) => b.degree - a.degree || a.path.localeCompare(b.path));
}
