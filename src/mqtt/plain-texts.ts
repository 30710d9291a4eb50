// Tells the plain texts: each when it changes, all of them on each connect, and at the end that nothing is known.
import { type PlainText, withoutKnowledge } from '../contract/plain.ts';

export class PlainTexts {
  readonly #tell: (text: PlainText) => void;
  readonly #texts = new Map<string, PlainText>();

  constructor(tell: (text: PlainText) => void) {
    this.#tell = tell;
  }

  update(texts: readonly PlainText[]): void {
    for (const text of texts) {
      if (this.#texts.get(text.name)?.text === text.text) continue;
      this.#texts.set(text.name, text);
      this.#tell(text);
    }
  }

  tellAll(): void {
    for (const text of this.#texts.values()) this.#tell(text);
  }

  end(): void {
    this.update([...this.#texts.values()].map(withoutKnowledge));
  }
}
