/**
 * What a conversion could not carry, by the caller's names: `logit_bias`, `messages[].name`. Names only, each once, of
 * letters that a header takes, and no more of them than a header holds: some are the caller's own words.
 */
export class DroppedFields {
  readonly #names = new Set<string>()

  add(name: string): void {
    if (this.#names.size < namesMax) this.#names.add(name.slice(0, nameLengthMax).replace(unsafe, '?'))
  }

  get names(): readonly string[] {
    return [...this.#names]
  }

  get isEmpty(): boolean {
    return this.#names.size === 0
  }
}

const namesMax = 50
const nameLengthMax = 80
const unsafe = /[^\w.[\]-]/g
