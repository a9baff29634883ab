import { characterClass, classOf, folded } from './character-table.ts'
import { builtInClassifier } from './classify-intent.ts'
import { columns, type Intent, intents } from './intent.ts'
import type { IntentAnswer, IntentClassifier } from './intent-classifier.ts'
import { structureQuestions } from './structure-features.ts'

/** Something in the text, and how much it speaks for the likeliest intent. */
export interface IntentReason {
  /** `text`: a word or neighbours as they stand in the text; `structure`: how the text looks. */
  readonly kind: 'text' | 'structure'
  readonly label: string
  /** Logits above what the same speaks for on the average of all columns; below zero it speaks against. */
  readonly contribution: number
}

export interface IntentExplanation extends IntentAnswer {
  /** What the reasons speak for; null where there is nothing to read. */
  readonly likeliest: Intent | null
  /** The strongest first, for or against. */
  readonly reasons: readonly IntentReason[]
  /** What is not among the reasons: the weaker ones and the model's bias. Reasons and rest sum up to `total`. */
  readonly rest: number
  readonly total: number
}

const width = columns.length
const labelUnitsMax = 60

/** As `classifyIntent`, with what decided; for people, so it takes its time. */
export function explainIntent(text: string, reasonsMax = 8): IntentExplanation {
  return explainWith(builtInClassifier, text, reasonsMax)
}

export function explainWith(
  classifier: IntentClassifier,
  text: string,
  reasonsMax: number,
): IntentExplanation {
  const answer = classifier.classify(text)
  if (classifier.reader.readable === 0) return { ...answer, likeliest: null, reasons: [], rest: 0, total: 0 }
  const likeliest = intents.reduce((best, intent) =>
    answer.scores[intent] > answer.scores[best] ? intent : best,
  )
  const column = columns.indexOf(likeliest)
  const total = above(classifier.logits(), 0, column)
  const reasons = [...textReasons(classifier, text, column), ...structureReasons(classifier, column)]
    .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution))
    .slice(0, reasonsMax)
  const told = reasons.reduce((sum, { contribution }) => sum + contribution, 0)
  return { ...answer, likeliest, reasons, rest: total - told, total }
}

/** A word is one reason with all the groups of letters in it. */
function textReasons({ model, reader }: IntentClassifier, text: string, column: number): IntentReason[] {
  const norm = model.featureScale / Math.sqrt(Math.max(1, reader.squares))
  const contributions = new Map<string, number>()
  for (let at = 0; at < reader.count; at++) {
    const label = labelAt(text, reader.starts[at] ?? 0, reader.ends[at] ?? 0)
    const weight = (reader.weights[at] ?? 0) * norm
    const contribution = weight * above(model.features, (reader.indices[at] ?? 0) * width, column)
    contributions.set(label, (contributions.get(label) ?? 0) + contribution)
  }
  return Array.from(contributions, ([label, contribution]) => ({ kind: 'text', label, contribution }))
}

function structureReasons({ model, reader }: IntentClassifier, column: number): IntentReason[] {
  return reader.structure.map((place) => ({
    kind: 'structure',
    label: structureQuestions[place]?.[0] ?? '',
    contribution: model.structureScale * above(model.structure, place * width, column),
  }))
}

function labelAt(text: string, start: number, end: number): string {
  let from = start
  let to = end
  if (isInWord(text, from)) while (isInWord(text, from - 1) && to - from < labelUnitsMax) from--
  if (isInWord(text, to - 1)) while (isInWord(text, to) && to - from < labelUnitsMax) to++
  return text
    .slice(from, Math.min(to, from + labelUnitsMax))
    .replaceAll(/\s+/g, ' ')
    .toLowerCase()
}

function isInWord(text: string, at: number): boolean {
  if (at < 0 || at >= text.length) return false
  const as = classOf[folded[text.charCodeAt(at)] ?? 0]
  return as === characterClass.letter || as === characterClass.digit
}

/** A value of the row against the row's average, because only differences decide. */
function above(values: ArrayLike<number>, row: number, column: number): number {
  let sum = 0
  for (let place = 0; place < width; place++) sum += values[row + place] ?? 0
  return (values[row + column] ?? 0) - sum / width
}
