interface SamplePage {
  path: string;
  title: string;
  kind?: string;
  tags?: string[];
  pinned?: boolean;
  summary?: string;
  body: string;
}

const OUTBOX = `We publish events through an **outbox** table, in the transaction of their change.

## Why

A message that is sent before the commit may tell of what never was; one sent after it may be lost. Both were seen in [the incident of March](../investigations/march-incident.md).

1. The change and its event are one transaction.
2. A relay claims rows by lease, and publishes them at least once.
3. Handlers are idempotent.

\`\`\`ts
export async function claim(tx: TenantTx, limit: number): Promise<OutboxRow[]> {
  // A row that nobody has announced within the lease is claimed again.
  return tx.query('SELECT * FROM outbox WHERE leased_until < now() LIMIT $1 FOR UPDATE SKIP LOCKED', [limit]);
}
\`\`\`

## What follows

| | before | now |
| --- | --- | --- |
| lost events | 3 in March | none |
| duplicates | none | some: handlers cope |

- [x] the relay
- [ ] a setting for the lease

> A queue is not a database.

![the flow](https://pictures.example.com/outbox.png)

### Diagram

\`\`\`mermaid
sequenceDiagram
  service->>outbox: insert
  relay->>bus: publish
\`\`\`

See also [the relay](../concepts/relay.md) and [our rules](/_rules/testing.md).
`;

/** Pages of a small shop's wiki. */
export const PAGES: readonly SamplePage[] = [
  { path: 'decisions/outbox.md', title: 'Events leave through an outbox', kind: 'decision', tags: ['events', 'postgres'], summary: 'Events are written in the transaction of their change and relayed at least once.', body: OUTBOX },
  { path: 'decisions/use-postgres.md', title: 'Postgres for everything', kind: 'decision', tags: ['postgres'], summary: 'One database until it hurts.', body: 'One database until it hurts.\n\n## Context\n\nWe had Redis, Mongo and Postgres. Two of them were backed up.\n\n## Decision\n\nPostgres alone; see [the outbox](outbox.md).\n' },
  { path: 'concepts/relay.md', title: 'The relay', kind: 'concept', tags: ['events'], summary: 'Claims outbox rows by lease and publishes them.', body: 'Claims rows of the [outbox](../decisions/outbox.md) by lease.\n\nTwo relays may run at a time: `SKIP LOCKED` keeps them apart.\n' },
  { path: 'investigations/march-incident.md', title: 'Three lost events in March', kind: 'investigation', tags: ['incident', 'events'], summary: 'The bus was restarted between commit and publish.', body: 'The bus was restarted between commit and publish.\n\n## Timeline\n\n- 09:12 deploy\n- 09:13 three orders without a confirmation\n- 11:40 found by a customer\n' },
  { path: 'gotchas/slow-disk.md', title: 'Retries look like failures on a slow disk', kind: 'gotcha', tags: ['tests'], summary: 'fsync takes 400 ms on the CI runner.', body: 'fsync takes 400 ms on the CI runner, longer than the lease of the test.\n\n```sh\nnpm test -- relay --lease 5000\n```\n' },
  { path: 'procedures/release.md', title: 'How we release', kind: 'procedure', summary: 'Tag, wait for green, announce.', body: '1. `git tag v1.2.3`\n2. wait for green\n3. announce in the channel\n' },
  { path: '_rules/testing.md', title: 'Every fix has a test that failed before', kind: 'rule', pinned: true, summary: 'Write the failing test first.', body: 'Write the failing test first, and see it fail.\n' },
  { path: 'notes/glossary.md', title: 'Glossary', kind: 'note', body: '**Lease**: for how long a claimed row is nobody else’s.\n\n**Relay**: see [the relay](../concepts/relay.md).\n' },
];
