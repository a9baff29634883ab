import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { classifyIntent } from '@/lib/intents/classify-intent.ts'
import { type Summary, summarise } from './measure.ts'
import { printTable, whole } from './print-table.ts'
import { mainThreadTimes } from './scheduler-wait.ts'
import { medianSummary } from './summaries.ts'

export interface IntentFigures {
  readonly language: string
  readonly characters: number
  /** Of one classification, without what the system ran meanwhile; each percentile is the median of the rounds'. */
  readonly netMs: Summary
  /** By the clock. */
  readonly clockMs: Summary
}

type Round = Pick<IntentFigures, 'netMs' | 'clockMs'>

const languages = [
  ['English', 'en'],
  ['Chinese', 'zh'],
] as const
const lengths = [100, 2_000, 1_000_000]
const textsMax = 64
/** So that texts of a million characters do not fill the memory. */
const charactersMax = 8_000_000
const turns = 512
const threadTimes = mainThreadTimes()

/** Prompts that the model was measured on, one after the other and cut to length; each text begins with another one. */
export function promptsOf(root: string, folder: string, characters: number): readonly string[] {
  const home = join(root, 'lib/intents/dataset/held-out', folder)
  const lines = readdirSync(home).flatMap((file) => readFileSync(join(home, file), 'utf8').split('\n'))
  const prompts = lines.map((line) => `${line.replaceAll('⏎', '\n')}\n`)
  const texts = Math.min(textsMax, charactersMax / characters)
  return Array.from({ length: texts }, (_, place) => {
    const first = (place * 37) % prompts.length
    const turned = [...prompts.slice(first), ...prompts.slice(0, first)].join('')
    return turned.repeat(Math.ceil(characters / turned.length)).slice(0, characters)
  })
}

export function measureIntents(root: string, rounds: number): readonly IntentFigures[] {
  return languages.flatMap(([language, folder]) =>
    lengths.map((characters) => {
      const prompts = promptsOf(root, folder, characters)
      measureRound(prompts)
      const measured = Array.from({ length: rounds }, () => measureRound(prompts))
      return {
        language,
        characters,
        netMs: medianSummary(measured.map(({ netMs }) => netMs)),
        clockMs: medianSummary(measured.map(({ clockMs }) => clockMs)),
      }
    }),
  )
}

/** The scheduler is asked within the measured time, so that no wait is missed: the figures are a little too high. */
function measureRound(prompts: readonly string[]): Round {
  const clockMs: number[] = []
  const netMs: number[] = []
  for (let turn = 0; turn < turns; turn++) {
    const prompt = prompts[turn % prompts.length] ?? ''
    const start = process.hrtime.bigint()
    const before = threadTimes().waitedMs
    classifyIntent(prompt)
    const waited = threadTimes().waitedMs - before
    const spent = Number(process.hrtime.bigint() - start) / 1e6
    clockMs.push(spent)
    netMs.push(spent - waited)
  }
  return { clockMs: summarise(clockMs), netMs: summarise(netMs) }
}

/** Of 2,000 characters, in the language that takes longer. */
export function longPromptMsP99(figures: readonly IntentFigures[]): number {
  return Math.max(...figures.filter(({ characters }) => characters === 2_000).map(({ netMs }) => netMs.p99))
}

export function printIntents(figures: readonly IntentFigures[]): void {
  console.log('\nIntent of a prompt, ms without what the system ran meanwhile')
  printTable(
    ['', 'characters', 'p50', 'p99', 'p99 by the clock'],
    figures.map(({ language, characters, netMs, clockMs }) => [
      language,
      whole(characters),
      netMs.p50.toFixed(3),
      netMs.p99.toFixed(3),
      clockMs.p99.toFixed(3),
    ]),
  )
}
