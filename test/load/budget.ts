/** CPU-seconds that the product takes for 1,000 events, by how they come and how many processes there are. */
export type Budget = Record<string, Record<string, number>>;

/** So much more than the budget is a regression, and not the machine. */
export const TOLERANCE = 0.2;

/** A sentence for each figure that is over its budget. What has none is not judged. */
export function overBudget(budget: Budget, measured: Budget): string[] {
  return Object.entries(measured).flatMap(([topology, loads]) => Object.entries(loads).flatMap(([load, seconds]) => {
    const allowed = budget[topology]?.[load];
    if (allowed === undefined || seconds <= allowed * (1 + TOLERANCE)) return [];
    return [`${topology}, ${load}: ${seconds.toFixed(2)} CPU-seconds for 1,000 events, ${Math.round(100 * (seconds / allowed - 1))} % over the budget of ${allowed}`];
  }));
}
