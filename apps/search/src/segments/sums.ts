/** Sums by place, most of them zero, that can be emptied without a look at all of them. */
export class Sums {
  readonly values: Float64Array;
  /** The places that are not zero, in the order in which they were first added to. */
  readonly places: Int32Array;
  size = 0;

  constructor(places: number) {
    this.values = new Float64Array(places);
    this.places = new Int32Array(places);
  }

  /** `value` is more than zero. */
  add(place: number, value: number): void {
    if (this.values[place] === 0) this.places[this.size++] = place;
    this.values[place]! += value;
  }

  clear(): void {
    for (let index = 0; index < this.size; index += 1) this.values[this.places[index]!] = 0;
    this.size = 0;
  }
}
