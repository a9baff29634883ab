import {
  addressCount,
  type Cidr,
  cidrContains,
  containsCidr,
  readCidr,
  toNetwork,
} from '@/lib/domain/cidr.ts'
import { type ExaminedBlock, examineBlocks, splitBlocks } from '@/lib/domain/whitelist.ts'

export interface WhitelistBlock {
  readonly cidr: string
  readonly note: string
}

export interface WhitelistChange {
  readonly add?: readonly WhitelistBlock[]
  /** CIDR blocks as they are listed. */
  readonly remove?: readonly string[]
  /** A listed block with another note. */
  readonly rename?: WhitelistBlock
}

/** The list with a change made: what is listed keeps its place, and nothing is listed twice. */
export function changedBlocks(
  blocks: readonly WhitelistBlock[],
  { add = [], remove = [], rename }: WhitelistChange,
): WhitelistBlock[] {
  const kept = blocks
    .filter(({ cidr }) => !remove.includes(cidr))
    .map((block) => (block.cidr === rename?.cidr ? rename : block))
  const listed = new Set(kept.map(({ cidr }) => cidr))
  return [...kept, ...add.filter(({ cidr }) => !listed.has(cidr))].map(({ cidr, note }) => ({ cidr, note }))
}

export interface WrittenBlocks {
  /** One for each entry that was written, in its order. */
  readonly examined: readonly ExaminedBlock[]
  /** What can be added as it is written. */
  readonly valid: readonly string[]
  /** Listed blocks that make room: inside a wider new one, or everybody where the new ones narrow it. */
  readonly replaces: readonly string[]
  /** Every entry can be added. */
  readonly acceptable: boolean
}

/** What each written entry is, beside the blocks that are listed already. */
export function readWritten(written: string, listed: readonly string[]): WrittenBlocks {
  const texts = splitBlocks(written)
  const kept = listed.filter((cidr) => !(isEverybody(cidr) && isNarrowedBy(texts, cidr)))
  const examined = examineBlocks([...kept, ...texts]).slice(kept.length)
  const blocks = examined.flatMap((block) => (block.state === 'valid' ? [block.cidr] : []))
  const replaces = listed.filter((cidr) => {
    const network = toNetwork(cidr)
    if (blocks.some((block) => containsCidr(block, network))) return true
    return !kept.includes(cidr) && blocks.some(({ family }) => family === network.family)
  })
  return {
    examined,
    valid: blocks.map(({ text }) => text),
    replaces,
    acceptable: examined.length > 0 && blocks.length === examined.length,
  }
}

function isNarrowedBy(texts: readonly string[], everybody: string): boolean {
  const { family } = toNetwork(everybody)
  const written = texts.map(readCidr).flatMap((reading) => (reading.ok ? [reading.cidr] : []))
  const ofFamily = written.filter((cidr) => cidr.family === family)
  return ofFamily.length > 0 && ofFamily.every(({ bits }) => bits > 0)
}

/** The text with one entry written as it was meant, or without it; `index` counts entries. */
export function repairWritten(written: string, index: number, repaired: string | null): string {
  return splitBlocks(written)
    .flatMap((text, at) => (at === index ? (repaired === null ? [] : [repaired]) : [text]))
    .join('\n')
}

/** The text with every repair made: addresses and host bits as meant, nothing twice; what is unreadable stays. */
export function repairAll(written: string, listed: readonly string[]): string {
  const texts = splitBlocks(written).map((text) => {
    const reading = readCidr(text)
    return reading.ok ? reading.cidr.text : text
  })
  const examined = examineBlocks([...listed, ...texts]).slice(listed.length)
  return examined
    .filter(({ state }) => state !== 'duplicate' && state !== 'contained')
    .map(({ text }) => text)
    .join('\n')
}

/** Whether a block admits everybody of its family. */
export function isEverybody(cidr: string): boolean {
  return toNetwork(cidr).bits === 0
}

/** Blocks that no packet from the Internet comes from (RFC 1918, RFC 4193, RFC 3927, RFC 4291). */
const privateBlocks = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '169.254.0.0/16',
  'fc00::/7',
  'fe80::/10',
]

export function isPrivate(cidr: string): boolean {
  const network = toNetwork(cidr)
  return privateBlocks.some((block) => containsCidr(toNetwork(block), network))
}

/** The address as a block of its own: `203.0.113.4/32`. */
export function blockOfAddress(address: string): string | null {
  const reading = readCidr(address)
  return reading.ok ? reading.cidr.text : null
}

/** Whether a change takes from this address what it has now. */
export function locksOut(
  blocks: readonly WhitelistBlock[],
  change: WhitelistChange,
  address: string | null,
): boolean {
  if (address === null) return false
  const admits = (list: readonly WhitelistBlock[]) =>
    list.some(({ cidr }) => cidrContains(toNetwork(cidr), address))
  return admits(blocks) && !admits(changedBlocks(blocks, change))
}

/** How many addresses a listed block has: a number where one is readable, else a power of two. */
export function blockSize(cidr: string): { readonly count: number } | { readonly exponent: number } | 'all' {
  const network: Cidr = toNetwork(cidr)
  if (network.bits === 0) return 'all'
  const count = addressCount(network)
  return count <= 4_294_967_296n ? { count: Number(count) } : { exponent: 128 - network.bits }
}
