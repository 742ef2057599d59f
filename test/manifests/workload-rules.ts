import { type Manifest, nameOf, ofKind, podOf, selects, workloads } from './manifests.js';
import type { Rule } from './pod-rules.js';

const REPLICAS_MIN = 2;
const RBAC = ['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'];
const CLUSTER_WIDE = ['Namespace'];

function every(rule: string, kinds: readonly string[], isKept: (manifest: Manifest, all: readonly Manifest[]) => boolean): Rule {
  return { rule, brokenBy: (manifests) => ofKind(manifests, ...kinds).filter((manifest) => !isKept(manifest, manifests)).map(nameOf) };
}

function everything(rule: string, isKept: (manifest: Manifest) => boolean): Rule {
  return { rule, brokenBy: (manifests) => manifests.filter((manifest) => !isKept(manifest)).map(nameOf) };
}

function scalerOf({ metadata }: Manifest, all: readonly Manifest[]): { min: number } | undefined {
  const scaler = ofKind(all, 'HorizontalPodAutoscaler', 'ScaledObject').find(({ spec }) => spec.scaleTargetRef.name === metadata.name);
  return scaler && { min: scaler.spec.minReplicas ?? scaler.spec.minReplicaCount };
}

function budgetsOf(workload: Manifest, all: readonly Manifest[]): Manifest[] {
  return ofKind(all, 'PodDisruptionBudget').filter(({ spec }) => selects(spec.selector, podOf(workload).labels));
}

function isSpread(workload: Manifest): boolean {
  const { labels, spec } = podOf(workload);
  const constraints = spec.topologySpreadConstraints ?? [];
  return ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].every((key) => constraints.some(({ topologyKey, labelSelector }) => topologyKey === key && selects(labelSelector ?? {}, labels)))
    || isApart(workload) && constraints.length > 0;
}

function isApart(workload: Manifest): boolean {
  const { labels, spec } = podOf(workload);
  const { requiredDuringSchedulingIgnoredDuringExecution: must = [], preferredDuringSchedulingIgnoredDuringExecution: should = [] } = spec.affinity?.podAntiAffinity ?? {};
  return [...must, ...should.map(({ podAffinityTerm }) => podAffinityTerm)].some(({ topologyKey, labelSelector }) => topologyKey === 'kubernetes.io/hostname' && selects(labelSelector ?? {}, labels));
}

const SETS = ['Deployment', 'StatefulSet'];

export const WORKLOAD_RULES: readonly Rule[] = [
  every('takes a replica away only when another is there', ['Deployment'], ({ spec }) => spec.strategy?.type === 'RollingUpdate' && spec.strategy.rollingUpdate.maxUnavailable === 0),
  every('has two replicas at least', SETS, (set, all) => (scalerOf(set, all)?.min ?? set.spec.replicas) >= REPLICAS_MIN),
  every('leaves the number of replicas to what scales it', SETS, (set, all) => !scalerOf(set, all) || set.spec.replicas === undefined),
  every('scales something that exists', ['HorizontalPodAutoscaler', 'ScaledObject'], ({ spec }, all) => ofKind(all, 'Deployment').some(({ metadata }) => metadata.name === spec.scaleTargetRef.name)),
  every('is scaled by one thing', ['Deployment'], (set, all) => ofKind(all, 'HorizontalPodAutoscaler', 'ScaledObject').filter(({ spec }) => spec.scaleTargetRef.name === set.metadata.name).length <= 1),
  every('has one budget of disruption', SETS, (set, all) => budgetsOf(set, all).length === 1),
  every('never keeps a node from being drained', ['PodDisruptionBudget'], ({ spec }) => Number(spec.maxUnavailable) >= 1 && spec.unhealthyPodEvictionPolicy === 'AlwaysAllow'),
  every('keeps its replicas on different machines', SETS, isApart),
  every('spreads its replicas over zones', SETS, isSpread),
  every('selects its own pods', SETS, (set) => selects(set.spec.selector, podOf(set).labels)),
  every('names its headless service', ['StatefulSet'], ({ spec }, all) => ofKind(all, 'Service').some((service) => service.metadata.name === spec.serviceName && service.spec.clusterIP === 'None')),
  every('keeps its volumes when it goes', ['StatefulSet'], ({ spec }) => spec.persistentVolumeClaimRetentionPolicy?.whenDeleted !== 'Delete'),
  every('has an end, and leaves nothing behind', ['Job'], ({ spec }) => spec.backoffLimit > 0 && spec.ttlSecondsAfterFinished > 0 && ['OnFailure', 'Never'].includes(spec.template.spec.restartPolicy)),
  every('has a deadline, and runs once at a time', ['CronJob'], ({ spec }) => spec.startingDeadlineSeconds > 0 && spec.concurrencyPolicy === 'Forbid' && spec.jobTemplate.spec.activeDeadlineSeconds > 0),
  every('can do nothing at the API server', ['ServiceAccount'], ({ automountServiceAccountToken }) => automountServiceAccountToken === false),
  every('names an account that exists', ['Deployment', 'StatefulSet', 'Job', 'CronJob'], (set, all) => ofKind(all, 'ServiceAccount').some(({ metadata }) => metadata.name === podOf(set).spec.serviceAccountName)),
  every('asks for Pod Security of the kind restricted', ['Namespace'], ({ metadata }) => ['enforce', 'audit', 'warn'].every((mode) => metadata.labels?.[`pod-security.kubernetes.io/${mode}`] === 'restricted')),
  every('says in a ConfigMap nothing that is nobody’s business', ['ConfigMap'], ({ data = {} }) => !Object.entries(data).some(([name, value]) => /(PASSWORD|SECRET|TOKEN|API_KEY)$/.test(name) || /postgres:\/\/\S+:\S+@/.test(value))),
  everything('is in our namespace', ({ kind, metadata }) => CLUSTER_WIDE.includes(kind) || metadata.namespace === 'ai-memory'),
  everything('holds no Secret', ({ kind }) => kind !== 'Secret'),
  everything('gives nobody rights in the cluster', ({ kind }) => !RBAC.includes(kind)),
  everything('is of a stable API', ({ apiVersion }) => !/(alpha|beta)/.test(apiVersion)),
  everything('has labels that a cluster takes', ({ metadata }) => Object.values(metadata.labels ?? {}).every((value) => /^([A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?)?$/.test(value))),
  { rule: 'says as which instance of what it runs', brokenBy: (manifests) => workloads(manifests).filter(({ metadata }) => metadata.labels?.['app.kubernetes.io/instance'] !== metadata.name).map(nameOf) },
];
