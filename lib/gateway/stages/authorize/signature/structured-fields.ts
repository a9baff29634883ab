/** A bare item (RFC 8941 §3.3) and how it is written again; decimals and dates are not read, since nothing here has any. */
export interface BareItem {
  readonly type: 'string' | 'token' | 'integer' | 'bytes' | 'boolean'
  readonly value: string | number | boolean | Buffer
  readonly text: string
}

export type Parameters = ReadonlyMap<string, BareItem>

export interface Item {
  readonly bare: BareItem
  readonly parameters: Parameters
  /** Canonical (RFC 8941 §4.1), parameters included. */
  readonly text: string
}

export interface InnerList {
  readonly items: readonly Item[]
  readonly parameters: Parameters
  /** Canonical (RFC 8941 §4.1), parameters included. */
  readonly text: string
}

export type Dictionary = ReadonlyMap<string, Item | InnerList>

/** Reads a dictionary (RFC 8941 §3.2), whose later members replace earlier ones. Null where the text is none. */
export function parseDictionary(text: string): Dictionary | null {
  return new Reader(text).dictionary()
}

/** The bytes of an item that has no others; null for everything else. */
export function bytesOf(member: Item | InnerList | undefined): Buffer | null {
  return member !== undefined && 'bare' in member && Buffer.isBuffer(member.bare.value)
    ? member.bare.value
    : null
}

const key = /[a-z*][a-z0-9_.*-]*/y
const integer = /-?[0-9]{1,15}(?![0-9.])/y
const token = /[A-Za-z*][!#$%&'*+.^_`|~0-9A-Za-z:/-]*/y
const string = /"((?:[ !#-[\]-~]|\\["\\])*)"/y
const bytes = /:((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?):/y
const boolean = /\?([01])/y
const spaces = / */y
const blanks = /[ \t]*/y

const isTrue: BareItem = { type: 'boolean', value: true, text: '?1' }

class Reader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  dictionary(): Dictionary | null {
    const members = new Map<string, Item | InnerList>()
    this.#take(spaces)
    while (this.#at < this.#text.length) {
      const name = this.#take(key)
      const member = name && this.#member()
      if (!name || !member) return null
      members.set(name[0], member)
      this.#take(blanks)
      if (this.#at === this.#text.length) return members
      if (!this.#skip(',')) return null
      this.#take(blanks)
      // A comma that nothing follows.
      if (this.#at === this.#text.length) return null
    }
    return members
  }

  #member(): Item | InnerList | null {
    if (!this.#skip('=')) return this.#withParameters(isTrue)
    return this.#text[this.#at] === '(' ? this.#innerList() : this.#item()
  }

  #innerList(): InnerList | null {
    this.#skip('(')
    const items: Item[] = []
    for (;;) {
      const gap = this.#take(spaces)?.[0] ?? ''
      if (this.#skip(')')) break
      const item = gap === '' && items.length > 0 ? null : this.#item()
      if (item === null) return null
      items.push(item)
    }
    const parameters = this.#parameters()
    if (parameters === null) return null
    const text = `(${items.map((item) => item.text).join(' ')})${parametersText(parameters)}`
    return { items, parameters, text }
  }

  #item(): Item | null {
    const bare = this.#bare()
    return bare && this.#withParameters(bare)
  }

  #withParameters(bare: BareItem): Item | null {
    const parameters = this.#parameters()
    return parameters && { bare, parameters, text: bare.text + parametersText(parameters) }
  }

  #parameters(): Parameters | null {
    const parameters = new Map<string, BareItem>()
    while (this.#skip(';')) {
      this.#take(spaces)
      const name = this.#take(key)
      const bare = this.#skip('=') ? this.#bare() : isTrue
      if (name === null || bare === null) return null
      parameters.set(name[0], bare)
    }
    return parameters
  }

  #bare(): BareItem | null {
    const quoted = this.#take(string)
    if (quoted !== null) {
      return { type: 'string', value: (quoted[1] ?? '').replaceAll(/\\(.)/g, '$1'), text: quoted[0] }
    }
    const number = this.#take(integer)
    if (number !== null) {
      const value = Number(number[0]) + 0
      return { type: 'integer', value, text: String(value) }
    }
    const encoded = this.#take(bytes)
    if (encoded !== null) {
      const value = Buffer.from(encoded[1] ?? '', 'base64')
      return { type: 'bytes', value, text: `:${value.toString('base64')}:` }
    }
    const word = this.#take(token)
    if (word !== null) return { type: 'token', value: word[0], text: word[0] }
    const truth = this.#take(boolean)
    return truth && { type: 'boolean', value: truth[1] === '1', text: truth[0] }
  }

  #take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)
    if (found !== null) this.#at += found[0].length
    return found
  }

  #skip(character: string): boolean {
    if (this.#text[this.#at] !== character) return false
    this.#at += 1
    return true
  }
}

function parametersText(parameters: Parameters): string {
  let text = ''
  for (const [name, bare] of parameters)
    text += bare.text === isTrue.text ? `;${name}` : `;${name}=${bare.text}`
  return text
}
