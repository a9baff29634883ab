/** Whether a JSON object that comes in pieces is whole: all of its braces are closed. What stands within is not checked. */
export class JsonExtent {
  isWhole = false
  #depth = 0
  #isInString = false
  #isEscaped = false

  add(text: string): void {
    for (let at = 0; at < text.length; at++) {
      const character = text.charCodeAt(at)
      if (this.#isInString) this.#readInString(character)
      else if (character === quote) this.#isInString = true
      else if (character === openBrace) this.#depth++
      else if (character === closeBrace) {
        this.#depth--
        if (this.#depth === 0) this.isWhole = true
      }
    }
  }

  #readInString(character: number): void {
    if (this.#isEscaped) this.#isEscaped = false
    else if (character === backslash) this.#isEscaped = true
    else if (character === quote) this.#isInString = false
  }
}

const openBrace = 0x7b
const closeBrace = 0x7d
const quote = 0x22
const backslash = 0x5c
