/**
 * The terms whose documents are worth fetching: the rarest ones, as long as together they promise at most `documentsMax`
 * documents, and always the rarest that occurs. What holds only the common rest could not rank high, and is most of a project.
 */
export function selectiveTerms(frequencies: ReadonlyMap<string, number>, documentsMax: number): string[] {
  const occurring = [...frequencies].filter(([, documents]) => documents > 0).sort(([, a], [, b]) => a - b);
  let documents = 0;
  return occurring.filter(([, frequency], index) => (documents += frequency) <= documentsMax || index === 0).map(([term]) => term);
}
