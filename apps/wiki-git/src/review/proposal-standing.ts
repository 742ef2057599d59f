import type { ProposalStanding } from '#libs/contracts';
import { mergedText } from '../pages/page-merging.service.js';
import { preparedFile } from '../pages/prepared-write.js';
import type { CurrentVersion } from '../pages/write-decision.js';
import type { BareRepository } from '../repositories/bare-repository.js';
import type { WholeProposal } from './proposals.repository.js';

export const FILE_BYTES_MAX = 1_048_576;

/** What a proposal comes to, given the page as it is; `content` is what the page would be, null where it would be gone. */
export interface Standing {
  readonly standing: ProposalStanding;
  readonly content: Buffer | null;
}

/** Brings a proposal together with what has become of its page. Where that can't be, `content` is as proposed. */
export async function standingOf(repository: BareRepository, proposal: WholeProposal, current: CurrentVersion | undefined): Promise<Standing> {
  const content = proposal.content === null ? null : Buffer.from(proposal.content);
  if (proposal.state !== 'open') return { standing: 'decided', content };
  const told = await standingNow(repository, content, proposal.base_blob, current);
  return typeof told === 'string' ? { standing: told, content } : { standing: 'merges', content: told };
}

async function standingNow(repository: BareRepository, content: Buffer | null, base: string | null, current: CurrentVersion | undefined): Promise<ProposalStanding | Buffer> {
  if (current?.blob === (content === null ? undefined : preparedFile(content).blob)) return 'nothing';
  if ((current?.blob ?? null) === base) return 'applies';
  if (current === undefined) return 'deleted-since';
  if (base === null) return 'made-since';
  if (content === null) return 'conflict';
  const texts = await repository.contents([base, current.blob], FILE_BYTES_MAX);
  const [baseText, currentText] = [texts.get(base), texts.get(current.blob)];
  const merged = baseText && currentText ? await mergedText(repository, baseText, currentText, content) : 'conflict';
  return merged === 'conflict' ? 'conflict' : merged.merged;
}
