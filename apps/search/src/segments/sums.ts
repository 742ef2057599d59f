/** Sums by place, each added to by the loops of score-loops.ts. Where most of them are zero they can be emptied without a look at all of them. */
export class Sums {
  readonly values: Float64Array;
  /** The places that are not zero, in the order in which they were first added to; none of dense ones. */
  readonly places: Int32Array;
  size = 0;
  /** Whether so many are not zero that a look at all of them costs less than to remember which. To be changed while they are empty. */
  isDense = false;

  constructor(places: number) {
    this.values = new Float64Array(places);
    this.places = new Int32Array(places);
  }

  clear(): void {
    if (this.isDense) this.values.fill(0);
    for (let index = 0; index < this.size; index += 1) this.values[this.places[index]!] = 0;
    this.size = 0;
  }
}
