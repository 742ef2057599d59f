/** What an agent is told in place of "done". */
export function proposedText(path: string, proposalId: string): string {
  return `${path}: proposed, not done; it is as it was until a person approves proposal ${proposalId} (ai-memory review). Go on without it, and tell your user.`;
}
