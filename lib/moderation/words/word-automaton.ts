import { foldForWords } from '@/lib/moderation/characters.ts'
import { CodePointTable } from '@/lib/moderation/code-point-table.ts'
import { EdgeTable } from './edge-table.ts'
import type { WordEnd, WordNode, WordTrie } from './word-trie.ts'

/**
 * All words at once, after Aho and Corasick (1975): a node stands for the longest end of what was read that begins a
 * word. Built once for a rule list and shared by all its scans. Node 0 is the root.
 */
export class WordAutomaton {
  readonly depths: Int32Array
  /** The node of the next shorter end that begins a word. */
  readonly fails: Int32Array
  /** 1 where a word without the whole-word option ends at the node or below. */
  readonly plain: Uint8Array
  readonly ends: readonly (WordEnd | null)[]
  /** The next node on the way of `fails`, itself included, where a word ends; 0 for none. */
  readonly endingAt: Int32Array
  readonly depthMax: number
  readonly #edges: EdgeTable
  readonly #roots: Int32Array
  readonly #sequences: Int32Array[] = []
  readonly #symbols: CodePointTable

  constructor(trie: WordTrie) {
    const { nodes, symbols } = trie
    this.depths = Int32Array.from(nodes, ({ depth }) => depth)
    this.plain = Uint8Array.from(nodes, ({ hasPlain }) => (hasPlain ? 1 : 0))
    this.ends = nodes.map(({ end }) => end)
    this.depthMax = this.depths.reduce((most, depth) => Math.max(most, depth), 0)
    this.fails = new Int32Array(nodes.length)
    this.endingAt = new Int32Array(nodes.length)
    this.#roots = new Int32Array(symbols.size + 1)
    this.#edges = new EdgeTable(nodes.length)
    this.#addEdges(nodes)
    this.#linkFails(nodes)
    this.#symbols = new CodePointTable((codePoint) =>
      this.#encode(Array.from(foldForWords(String.fromCodePoint(codePoint), trie.isCaseSensitive)), symbols),
    )
  }

  /** 0: none that occurs in a word. Above: that symbol. Below: several, which `sequenceOf` lists. */
  symbolOf(codePoint: number): number {
    return this.#symbols.of(codePoint)
  }

  sequenceOf(code: number): Int32Array {
    return this.#sequences[-1 - code] as Int32Array
  }

  /** The child of the node; 0 where there is none. */
  childOf(node: number, symbol: number): number {
    return node === 0 ? (this.#roots[symbol] as number) : this.#edges.find(node, symbol)
  }

  #encode(characters: readonly string[], symbols: ReadonlyMap<string, number>): number {
    const sequence = characters.map((character) => symbols.get(character) ?? 0)
    const first = sequence[0] ?? 0
    if (sequence.every((symbol) => symbol === 0)) return 0
    return sequence.length === 1 ? first : -this.#sequences.push(Int32Array.from(sequence))
  }

  #addEdges(nodes: readonly WordNode[]): void {
    nodes.forEach(({ children }, node) => {
      for (const [symbol, child] of children) {
        if (node === 0) this.#roots[symbol] = child
        else this.#edges.add(node, symbol, child)
      }
    })
  }

  /** Breadth first, so that the shorter ends that a node falls back to are linked before it. */
  #linkFails(nodes: readonly WordNode[]): void {
    const queue = [0]
    for (const node of queue) {
      for (const [symbol, child] of nodes[node]?.children ?? []) {
        const fail = node === 0 ? 0 : this.#longestWith(this.fails[node] as number, symbol)
        this.fails[child] = fail
        this.endingAt[child] = this.ends[child] ? child : (this.endingAt[fail] as number)
        queue.push(child)
      }
    }
  }

  #longestWith(from: number, symbol: number): number {
    let node = from
    while (node !== 0 && this.childOf(node, symbol) === 0) node = this.fails[node] as number
    return this.childOf(node, symbol)
  }
}
