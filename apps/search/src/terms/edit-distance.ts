/**
 * How many letters must be left out, put in, exchanged or swapped with the next one to make one word of the other (Damerau and Levenshtein, each
 * place changed once); `max + 1` where it is more than `max`.
 */
export function editDistance(one: string, other: string, max: number): number {
  if (Math.abs(one.length - other.length) > max) return max + 1;
  let [before, last] = [[] as number[], Array.from({ length: other.length + 1 }, (_, index) => index)];
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1];
      const isSwapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      const least = Math.min(last[column]! + 1, current[column - 1]! + 1, last[column - 1]! + (isSame ? 0 : 1));
      current.push(isSwapped ? Math.min(least, before[column - 2]! + 1) : least);
    }
    if (Math.min(...current) > max) return max + 1;
    [before, last] = [last, current];
  }
  return Math.min(last[other.length]!, max + 1);
}
