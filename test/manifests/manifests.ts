import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { IContainer, IPodSpec } from 'kubernetes-models/v1';
import { parseAllDocuments } from 'yaml';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const RENDER_TIMEOUT_MS = 30_000;

export const OVERLAYS = ['single-node', 'production', 'airgapped'] as const;

/** An object as `kubectl apply` would send it. What depends on the kind is looked at by those who know the kind. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string>; annotations?: Record<string, string> };
  // oxlint-disable-next-line typescript/no-explicit-any
  spec?: any;
  data?: Record<string, string>;
  automountServiceAccountToken?: boolean;
}

const rendered = new Map<string, Manifest[]>();

/** What a folder of `k8s/` renders to, in order. Throws with kubectl's own words where it does not. */
export function render(folder: string): Manifest[] {
  const manifests = rendered.get(folder) ?? renderAnew(folder);
  rendered.set(folder, manifests);
  return manifests;
}

function renderAnew(folder: string): Manifest[] {
  const yaml = execFileSync('kubectl', ['kustomize', `k8s/${folder}`], { cwd: ROOT, encoding: 'utf8', timeout: RENDER_TIMEOUT_MS, stdio: ['ignore', 'pipe', 'pipe'] });
  return parseAllDocuments(yaml).map((document) => document.toJS() as Manifest);
}

export function nameOf({ kind, metadata }: Manifest): string {
  return `${kind}/${metadata.name}`;
}

export function ofKind(manifests: readonly Manifest[], ...kinds: string[]): Manifest[] {
  return manifests.filter(({ kind }) => kinds.includes(kind));
}

/** Everything that runs pods of its own. */
export function workloads(manifests: readonly Manifest[]): Manifest[] {
  return ofKind(manifests, 'Deployment', 'StatefulSet', 'Job', 'CronJob');
}

export function podOf({ kind, spec }: Manifest): { labels: Record<string, string>; spec: IPodSpec } {
  const template = kind === 'CronJob' ? spec.jobTemplate.spec.template : spec.template;
  return { labels: template.metadata.labels, spec: template.spec };
}

export function containersOf(workload: Manifest): IContainer[] {
  const { containers, initContainers = [] } = podOf(workload).spec;
  return [...initContainers, ...containers];
}

interface Selector {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
}

/** As Kubernetes selects; of the operators it knows only `In`, and throws at others. */
export function selects({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Readonly<Record<string, string>>): boolean {
  const isIn = ({ key, operator, values = [] }: { key: string; operator: string; values?: string[] }): boolean => {
    if (operator !== 'In') throw new Error(`This test does not know the operator ${operator}`);
    return values.includes(labels[key] ?? '');
  };
  return Object.entries(matchLabels).every(([key, value]) => labels[key] === value) && matchExpressions.every(isIn);
}
