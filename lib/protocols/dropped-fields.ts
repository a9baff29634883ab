/** What a conversion could not carry, by the caller's names: `logit_bias`, `messages[].name`. Names only, each once. */
export class DroppedFields {
  readonly #names = new Set<string>()

  add(name: string): void {
    this.#names.add(name)
  }

  get names(): readonly string[] {
    return [...this.#names]
  }

  get isEmpty(): boolean {
    return this.#names.size === 0
  }
}
