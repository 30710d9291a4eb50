// Who is about at an instant: lets groups come and go as time passes.
import { comings } from './arrivals.ts';
import { isInView, type Person } from './person.ts';
import type { Scenario } from './scenario-schema.ts';
import { groupOf, ROWS, rowOf } from './walk.ts';

export type PopulationOptions = Readonly<{
  seed: number;
  endMs: number;
  timeOfDayMs: (at: number) => number;
  /** Nobody comes to a closed door. */
  isOpen: (at: number) => boolean;
}>;

/** Longer than the tracker waits for a face to come back: whoever comes where another has just left would be taken for him. */
const ROW_RESTS_MS = 2000;

type Moved = Readonly<{ arrived: readonly Person[]; left: readonly Person[] }>;

export class Population {
  readonly #options: PopulationOptions;
  readonly #comings: ReturnType<typeof comings>;
  #coming: ReturnType<ReturnType<typeof comings>['next']>;
  /** In view, or in the rows behind. */
  #people: readonly Person[] = [];
  #lately: readonly Person[] = [];
  #groups = 0;
  #persons = 0;

  constructor({ arrivals }: Pick<Scenario, 'arrivals'>, options: PopulationOptions) {
    this.#options = options;
    this.#comings = comings(arrivals, options);
    this.#coming = this.#comings.next();
  }

  /** To be called with instants in order. */
  moveTo(at: number): Moved {
    const arrived: Person[] = [];
    for (; this.#coming.done !== true && this.#coming.value.at <= at; this.#coming = this.#comings.next()) {
      if (this.#options.isOpen(this.#coming.value.at)) arrived.push(...this.#group(this.#coming.value));
    }
    const left = this.#people.filter((person) => person.leavesAt <= at);
    if (left.length > 0) {
      this.#people = this.#people.filter((person) => person.leavesAt > at);
      this.#lately = [...this.#lately, ...left].filter(({ leavesAt }) => at - leavesAt < ROW_RESTS_MS);
    }
    return { arrived, left };
  }

  inView(at: number): readonly Person[] {
    return this.#people.filter((person) => isInView(person, at));
  }

  /** Everybody who has come and not left. */
  get about(): readonly Person[] {
    return this.#people;
  }

  #group(coming: Parameters<typeof groupOf>[0]): readonly Person[] {
    const crowd = Array.from({ length: ROWS }, () => 0);
    for (const person of [...this.#people, ...this.#lately]) {
      if (coming.at - person.leavesAt >= ROW_RESTS_MS) continue;
      const row = rowOf(person.placeAt(coming.at));
      crowd[row] = (crowd[row] ?? 0) + 1;
    }
    this.#groups += 1;
    const { seed } = this.#options;
    const people = groupOf(coming, { seed, number: this.#groups, firstId: this.#persons + 1, crowd });
    this.#persons += people.length;
    this.#people = [...this.#people, ...people];
    return people;
  }
}
