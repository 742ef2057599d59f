import type { IContainer } from 'kubernetes-models/v1';
import { containersOf, type Manifest, nameOf, podOf, workloads } from './manifests.js';

/** What three checkers of manifests (kube-score, Polaris, Trivy) and Pod Security ask, in words of our own. */
export interface Rule {
  rule: string;
  /** The names of objects that break it, as `Kind/name`. */
  brokenBy(manifests: readonly Manifest[]): string[];
}

const UID_MIN = 10_000;
const VOLUMES = ['name', 'configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'persistentVolumeClaim', 'projected', 'secret'];
const TELLING = /(PASSWORD|SECRET|TOKEN|KEY|URL)$/;

function everyPod(rule: string, isKept: (workload: Manifest, spec: ReturnType<typeof podOf>['spec']) => boolean): Rule {
  return { rule, brokenBy: (manifests) => workloads(manifests).filter((workload) => !isKept(workload, podOf(workload).spec)).map(nameOf) };
}

function everyContainer(rule: string, isKept: (container: IContainer, workload: Manifest) => boolean): Rule {
  return { rule, brokenBy: (manifests) => workloads(manifests).filter((workload) => !containersOf(workload).every((container) => isKept(container, workload))).map(nameOf) };
}

function isPinned(image = ''): boolean {
  const tag = /:([\w.-]+)(@sha256:[0-9a-f]{64})?$/.exec(image)?.[1];
  return tag !== undefined && tag !== 'latest';
}

/** A value that stands in the manifest though its name says that it is nobody's business; references to Secrets are none. */
function tells({ name, value }: { name: string; value?: string }): boolean {
  return value !== undefined && TELLING.test(name) && !/^https?:\/\/[^@]*$/.test(value);
}

const probed = (workload: Manifest): boolean => workload.kind !== 'Job' && workload.kind !== 'CronJob';

export const POD_RULES: readonly Rule[] = [
  everyPod('runs as a user of its own, none of the machine’s', (_, { securityContext }) => securityContext?.runAsNonRoot === true && Number(securityContext.runAsUser) > UID_MIN && Number(securityContext.runAsGroup) > UID_MIN),
  everyPod('has the seccomp profile of the runtime', (_, { securityContext }) => securityContext?.seccompProfile?.type === 'RuntimeDefault'),
  everyPod('mounts no token of the API server', (_, spec) => spec.automountServiceAccountToken === false),
  everyPod('has a service account of its own', ({ metadata }, spec) => spec.serviceAccountName === metadata.name),
  everyPod('is not told of all services of its namespace', (_, spec) => spec.enableServiceLinks === false),
  everyPod('shares nothing with its node', (_, spec) => !spec.hostNetwork && !spec.hostPID && !spec.hostIPC),
  everyPod('mounts volumes of restricted kinds alone, and folders of a bounded size', (_, { volumes = [] }) => volumes.every((volume) => Object.keys(volume).every((key) => VOLUMES.includes(key)) && (!volume.emptyDir || volume.emptyDir.sizeLimit))),
  everyPod('says how much it matters', (_, spec) => spec.priorityClassName !== undefined),
  everyContainer('gains no rights, and drops those that it has', ({ securityContext }) => securityContext?.allowPrivilegeEscalation === false && securityContext.capabilities?.drop?.join() === 'ALL' && !securityContext.capabilities.add && !securityContext.privileged && !securityContext.procMount),
  everyContainer('writes to no root of its own', ({ securityContext }) => securityContext?.readOnlyRootFilesystem === true),
  everyContainer('names a version of its image', ({ image }) => isPinned(image)),
  everyContainer('always asks the registry', ({ imagePullPolicy }) => imagePullPolicy === 'Always'),
  everyContainer('asks for what it needs of processor, memory and disk, and is bounded in the last two', ({ resources }) => Boolean(resources?.requests?.cpu && resources.requests.memory && resources.requests['ephemeral-storage'] && resources.limits?.memory && resources.limits['ephemeral-storage'])),
  everyContainer('asks for all the memory that it may have', ({ resources }) => resources?.requests?.memory === resources?.limits?.memory),
  everyContainer('has a bound of processors', ({ resources }) => resources?.limits?.cpu !== undefined),
  everyContainer('is asked whether it has started, lives and is ready, by questions that differ', (container, workload) => !probed(workload) || Boolean(container.startupProbe && container.livenessProbe && container.readinessProbe && askedBy(container.livenessProbe) !== askedBy(container.readinessProbe))),
  everyContainer('is probed at ports that it has', (container) => [container.startupProbe, container.livenessProbe, container.readinessProbe].every((probe) => !probe?.httpGet || container.ports?.some(({ name }) => name === probe.httpGet?.port))),
  everyContainer('names each variable once', ({ env = [] }) => new Set(env.map(({ name }) => name)).size === env.length),
  everyContainer('is told no secret in clear', ({ env = [] }) => !env.some(tells)),
  everyContainer('takes no port of the node, and none below 1024', ({ ports = [] }) => ports.every(({ hostPort, containerPort }) => hostPort === undefined && containerPort >= 1_024)),
  everyContainer('has time to stop', ({ lifecycle, envFrom }, workload) => !envFrom || Number(podOf(workload).spec.terminationGracePeriodSeconds) >= Number(lifecycle?.preStop?.sleep?.seconds ?? 0) + 5 + 10),
];

function askedBy({ httpGet, exec }: NonNullable<IContainer['livenessProbe']>): string {
  return JSON.stringify([httpGet?.path, exec?.command]);
}
