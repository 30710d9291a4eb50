// Says again that the daemon is here when it is taken for dead: however often that is, one answer is under way at a time.

export class Reassurance {
  /** Settles when the broker has answered; null when there is no connection. */
  readonly #say: () => Promise<void> | null;
  #isDue = false;
  #isUnderWay = false;

  constructor(say: () => Promise<void> | null) {
    this.#say = say;
  }

  doubted(): void {
    this.#isDue = true;
    this.#answer();
  }

  /** There is nobody to reassure any more. */
  close(): void {
    this.#isDue = false;
    this.#isUnderWay = false;
  }

  #answer(): void {
    if (!this.#isDue || this.#isUnderWay) return;
    const said = this.#say();
    if (said === null) return;
    this.#isDue = false;
    this.#isUnderWay = true;
    const answered = () => {
      this.#isUnderWay = false;
      this.#answer();
    };
    said.then(answered, answered);
  }
}
