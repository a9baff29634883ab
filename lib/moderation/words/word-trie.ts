import { factsOf, foldForWords, isInvisible } from '@/lib/moderation/characters.ts'

export interface Word {
  /** Of the rule in its list. */
  readonly rule: number
  readonly text: string
  readonly isBlocking: boolean
  readonly isWhole: boolean
}

/** Which rule ends at a node, of each kind; the first in the list where several say the same. */
export interface WordEnd {
  readonly plainMask: number
  readonly wholeMask: number
  readonly plainBlock: number
  readonly wholeBlock: number
}

export interface WordNode {
  readonly depth: number
  /** By symbol. */
  readonly children: Map<number, number>
  end: WordEnd | null
  /** A word without the whole-word option ends here or below. */
  hasPlain: boolean
}

const noEnd: WordEnd = { plainMask: -1, wholeMask: -1, plainBlock: -1, wholeBlock: -1 }

/** The tree of all words, over symbols: the characters that occur in words, numbered from 1. Node 0 is the root. */
export class WordTrie {
  readonly nodes: WordNode[] = [{ depth: 0, children: new Map(), end: null, hasPlain: false }]
  readonly symbols = new Map<string, number>()
  readonly isCaseSensitive: boolean

  constructor(isCaseSensitive: boolean) {
    this.isCaseSensitive = isCaseSensitive
  }

  add(word: Word): void {
    let at = 0
    for (const character of foldWord(word.text, this.isCaseSensitive)) {
      at = this.#childOf(at, this.#symbolOf(character))
      if (!word.isWhole) this.#nodeAt(at).hasPlain = true
    }
    const node = this.#nodeAt(at)
    node.end = endWith(node.end ?? noEnd, word)
  }

  #nodeAt(index: number): WordNode {
    return this.nodes[index] as WordNode
  }

  #childOf(parent: number, symbol: number): number {
    const { children, depth } = this.#nodeAt(parent)
    const known = children.get(symbol)
    if (known !== undefined) return known
    const added = this.nodes.push({ depth: depth + 1, children: new Map(), end: null, hasPlain: false }) - 1
    children.set(symbol, added)
    return added
  }

  #symbolOf(character: string): number {
    const symbol = this.symbols.get(character) ?? this.symbols.size + 1
    this.symbols.set(character, symbol)
    return symbol
  }
}

/** The characters that a word is looked for by; none for one of invisible characters only. */
export function foldWord(text: string, isCaseSensitive: boolean): string[] {
  const visible = Array.from(text.normalize('NFKD')).filter(
    (character) => (factsOf(character.codePointAt(0) ?? 0) & isInvisible) === 0,
  )
  return visible.flatMap((character) => Array.from(foldForWords(character, isCaseSensitive)))
}

function endWith(end: WordEnd, { rule, isBlocking, isWhole }: Word): WordEnd {
  const kind = `${isWhole ? 'whole' : 'plain'}${isBlocking ? 'Block' : 'Mask'}` as const
  return end[kind] === -1 ? { ...end, [kind]: rule } : end
}
