/**
 * How many letters must be left out, put in, exchanged or swapped with the next one to make one word of the other (Damerau and Levenshtein, each
 * place changed once); `max + 1` where it is more than `max`.
 */
export function editDistance(one: string, other: string, max: number): number {
  if (Math.abs(one.length - other.length) > max) return max + 1;
  // What both begin or end with needs no change.
  let [from, oneTo, otherTo] = [0, one.length, other.length];
  while (from < oneTo && from < otherTo && one.charCodeAt(from) === other.charCodeAt(from)) from += 1;
  while (oneTo > from && otherTo > from && one.charCodeAt(oneTo - 1) === other.charCodeAt(otherTo - 1)) [oneTo, otherTo] = [oneTo - 1, otherTo - 1];
  return distance(one.slice(from, oneTo), other.slice(from, otherTo), max);
}

function distance(one: string, other: string, max: number): number {
  let [before, last] = [[] as number[], Array.from({ length: other.length + 1 }, (_, index) => index)];
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    let nearest = row;
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1];
      const isSwapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      const least = Math.min(last[column]! + 1, current[column - 1]! + 1, last[column - 1]! + (isSame ? 0 : 1));
      current.push(isSwapped ? Math.min(least, before[column - 2]! + 1) : least);
      nearest = Math.min(nearest, current[column]!);
    }
    if (nearest > max) return max + 1;
    [before, last] = [last, current];
  }
  return Math.min(last[other.length]!, max + 1);
}
