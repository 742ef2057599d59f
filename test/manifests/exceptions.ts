/** A rule that an object breaks on purpose. One that is broken by nothing any more fails the test as well. */
export interface Exception {
  rule: string;
  overlays: readonly string[];
  /** Of `Kind/name`, whole. */
  objects: RegExp;
  because: string;
}

const ALL = ['single-node', 'production', 'airgapped'];
const SEVERAL = ['production', 'airgapped'];

export const EXCEPTIONS: readonly Exception[] = [
  { rule: 'has a bound of processors', overlays: ALL, objects: /.*/, because: 'a throttled process is late for all who wait for it; requests share what there is fairly' },
  { rule: 'says how much it matters', overlays: ALL, objects: /.*/, because: 'a PriorityClass is the cluster’s own, and what matters more in it its operator’s to say' },
  { rule: 'always asks the registry', overlays: ['single-node'], objects: /.*/, because: 'its image is loaded into the node, where there is no registry' },
  { rule: 'always asks the registry', overlays: SEVERAL, objects: /StatefulSet\/nats/, because: 'its image is pinned by digest' },
  { rule: 'asks for all the memory that it may have', overlays: ['single-node'], objects: /(Deployment|StatefulSet)\/.*/, because: 'one small machine that idles at a third of what it may take' },
  { rule: 'has two replicas at least', overlays: ['single-node'], objects: /.*/, because: 'one machine' },
  { rule: 'has one budget of disruption', overlays: ['single-node'], objects: /.*/, because: 'a budget for a single replica would keep the machine from being drained, or say nothing' },
  { rule: 'keeps its replicas on different machines', overlays: ['single-node'], objects: /StatefulSet\/.*/, because: 'one machine' },
  { rule: 'spreads its replicas over zones', overlays: ['single-node'], objects: /StatefulSet\/.*/, because: 'one machine' },
  { rule: 'runs as a user of its own, none of the machine’s', overlays: ['single-node'], objects: /StatefulSet\/postgres/, because: 'the image’s own user is 999' },
  { rule: 'has two replicas at least', overlays: SEVERAL, objects: /StatefulSet\/wiki-git/, because: 'one writer to the repositories on its volume (docs/decisions/0031-kubernetes.md)' },
  { rule: 'keeps its replicas on different machines', overlays: SEVERAL, objects: /StatefulSet\/wiki-git/, because: 'one replica' },
  { rule: 'spreads its replicas over zones', overlays: SEVERAL, objects: /StatefulSet\/wiki-git/, because: 'one replica' },
  { rule: 'is of a stable API', overlays: SEVERAL, objects: /ScaledObject\/.*/, because: 'KEDA has no other' },
  { rule: 'is a policy that names the other side', overlays: SEVERAL, objects: /NetworkPolicy\/database-cluster/, because: 'CloudNativePG’s pods ask the API server, which has no label, and S3, which has no fixed address' },
];
