import { containersOf, type Manifest, nameOf, ofKind, podOf, selects, workloads } from './manifests.js';
import type { Rule } from './pod-rules.js';

/** Pods that an operator makes are in no manifest: CloudNativePG's, by the labels that it gives them. */
function podLabels(manifests: readonly Manifest[]): Record<string, string>[] {
  const clusters = ofKind(manifests, 'Cluster').map(({ metadata, spec }) => ({ 'cnpg.io/cluster': metadata.name, ...spec.inheritedMetadata?.labels }));
  return [...workloads(manifests).map((workload) => podOf(workload).labels), ...clusters];
}

function policiesOf(manifests: readonly Manifest[], labels: Record<string, string>, type: string): Manifest[] {
  return ofKind(manifests, 'NetworkPolicy').filter(({ spec }) => spec.policyTypes.includes(type) && selects(spec.podSelector, labels));
}

/** With nothing but an empty selector it is the one that denies. */
function denies({ spec }: Manifest): boolean {
  return Object.keys(spec.podSelector).length === 0 && spec.ingress === undefined && spec.egress === undefined;
}

function servesPods({ spec }: Manifest, manifests: readonly Manifest[]): boolean {
  const served = workloads(manifests).filter((workload) => selects({ matchLabels: spec.selector }, podOf(workload).labels));
  const ports = served.flatMap(containersOf).flatMap((container) => container.ports ?? []).map(({ name }) => name);
  return served.length > 0 && spec.ports.every(({ name, targetPort }: { name?: string; targetPort: string }) => name && ports.includes(targetPort));
}

function isLetIn({ backend }: { backend: { service: { name: string; port: { name: string } } } }, manifests: readonly Manifest[]): boolean {
  return ofKind(manifests, 'Service').some(({ metadata, spec }) => metadata.name === backend.service.name && spec.ports.some(({ name }: { name: string }) => name === backend.service.port.name));
}

/** A way out to everywhere is one that names neither pods nor addresses. */
function isOpen({ spec }: Manifest): boolean {
  return [...(spec.ingress ?? []), ...(spec.egress ?? [])].some((edge: { from?: object[]; to?: object[] }) => !(edge.from ?? edge.to)?.length);
}

const broken = (rule: string, kind: string, isKept: (manifest: Manifest, all: readonly Manifest[]) => boolean): Rule => ({
  rule, brokenBy: (manifests) => ofKind(manifests, kind).filter((manifest) => !isKept(manifest, manifests)).map(nameOf),
});

export const NETWORK_RULES: readonly Rule[] = [
  { rule: 'denies what no other policy allows', brokenBy: (manifests) => (ofKind(manifests, 'NetworkPolicy').some(denies) ? [] : ['Namespace/ai-memory']) },
  {
    rule: 'has policies for both directions',
    brokenBy: (manifests) => workloads(manifests).filter((workload) => ['Ingress', 'Egress'].some((type) => policiesOf(manifests, podOf(workload).labels, type).length === 0)).map(nameOf),
  },
  broken('is a policy for pods that exist', 'NetworkPolicy', ({ spec }, all) => podLabels(all).some((labels) => selects(spec.podSelector, labels))),
  broken('is a policy that names the other side', 'NetworkPolicy', (policy) => denies(policy) || !isOpen(policy)),
  broken('is a policy that names ports', 'NetworkPolicy', ({ spec }) => [...(spec.ingress ?? []), ...(spec.egress ?? [])].every(({ ports }: { ports?: object[] }) => ports && ports.length > 0)),
  broken('serves pods that exist, at named ports', 'Service', servesPods),
  broken('is reached inside of the cluster alone', 'Service', ({ spec }) => ['ClusterIP', undefined].includes(spec.type)),
  broken('lets in over TLS, to a service that exists', 'Ingress', ({ spec }, all) => spec.tls?.length > 0 && spec.rules.every(({ host, http }: { host: string; http: { paths: Parameters<typeof isLetIn>[0][] } }) =>
    spec.tls.some(({ hosts }: { hosts: string[] }) => hosts.includes(host)) && http.paths.every((path) => isLetIn(path, all)))),
];
