import { buildModerationList } from '@/lib/moderation/build-moderation-list.ts'
import type { ModerationList } from '@/lib/moderation/moderation-list.ts'
import type { ModerationRule } from '@/lib/moderation/moderation-rule.ts'
import { median } from './measure.ts'
import { fine, printTable, whole } from './print-table.ts'

const rounds = 7
const textLength = 400_000
const chunkLength = 4

const patterns = [
  '1[3-9]\\d{9}',
  '\\d{17}[\\dXx]',
  '(?:\\d{4}[ -]?){3}\\d{4}',
  '[\\w.+-]{1,64}@[\\w-]{1,63}(?:\\.[A-Za-z]{2,10}){1,3}',
  'sk-[A-Za-z0-9]{20,}',
  'AKIA[0-9A-Z]{16}',
  '(?:\\d{1,3}\\.){3}\\d{1,3}',
  'BEGIN [A-Z]{2,10} PRIVATE KEY',
  '(?:password|密码)\\s{0,3}[:=：]\\s{0,3}\\S{4,}',
  '[A-Z]{2}\\d{2}[A-Z0-9]{11,30}',
]

const english =
  'the a model answers what caller asked gateway stream tokens latency window people write about weather history music to of and in for is that with as on by from each next word sentence before after because while'
const chinese =
  '的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经'

/** The same numbers in every run. */
function createRandom(): (below: number) => number {
  let seed = 42
  return (below) => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed % below
  }
}

function makeRules(random: (below: number) => number): ModerationRule[] {
  const letters = 'abcdefghijklmnopqrstuvwxyz'
  const pick = (from: string, length: number) =>
    Array.from({ length }, () => Array.from(from)[random(Array.from(from).length)]).join('')
  const words = Array.from({ length: 1_000 }, (_, index) =>
    index % 2 === 0 ? pick(letters, 5 + random(6)) : pick(chinese, 3 + random(3)),
  )
  const options = { action: 'mask', isCaseSensitive: false, wholeWord: false } as const
  return [
    ...words.map((text, index): ModerationRule => ({ id: `w${index}`, kind: 'word', text, ...options })),
    ...patterns.map(
      (text, index): ModerationRule => ({ id: `p${index}`, kind: 'pattern', text, ...options }),
    ),
  ]
}

function makeText(random: (below: number) => number, parts: readonly string[], between: string): string {
  let text = ''
  while (text.length < textLength) {
    text += parts[random(parts.length)] + between
    if (random(200) === 0) text += `call 13812345678 or write to someone@example.com.${between}`
  }
  return text
}

/** CPU time of this process, because other work on the machine must not count. */
function cpuMs(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

function medianCpuMs(work: () => void): number {
  work()
  return median(Array.from({ length: rounds }, () => cpuMs(work)))
}

function streamThrough(list: ModerationList, chunks: readonly string[]): void {
  const stream = list.openStream()
  for (const chunk of chunks) stream.push(chunk)
  stream.end()
}

/** 1,000 words and 10 patterns that mask, over texts with a match now and then. Prints, and judges nothing. */
export function benchModeration(): void {
  const random = createRandom()
  const rules = makeRules(random)
  const buildMs = medianCpuMs(() => buildModerationList(rules))
  const list = buildModerationList(rules)
  const texts = {
    English: makeText(random, english.split(' '), ' '),
    Chinese: makeText(random, Array.from(chinese), ''),
  }
  console.log(`\n1,000 words and ${patterns.length} patterns, made ready in ${fine(buildMs)} ms\n`)
  const rows = Object.entries(texts).map(([language, text]) => {
    const chunks = text.match(new RegExp(`[^]{1,${chunkLength}}`, 'gu')) ?? []
    const wholeMs = medianCpuMs(() => list.moderate(text))
    const streamMs = medianCpuMs(() => streamThrough(list, chunks))
    return [
      language,
      fine(Buffer.byteLength(text) / 1e3 / wholeMs),
      fine((wholeMs * 1e6) / text.length),
      whole((streamMs * 1e6) / chunks.length),
    ]
  })
  printTable(['text', 'MB/s whole', 'ns per character', `ns per chunk of ${chunkLength}`], rows)
}
