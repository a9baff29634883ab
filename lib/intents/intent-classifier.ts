import { FeatureReader } from './feature-reader.ts'
import { columns, type Intent, type IntentScores, intents } from './intent.ts'
import type { IntentModel } from './intent-model.ts'

export interface IntentAnswer {
  /** Null: nothing to read, none of the five, or not sure enough. The default target is taken. */
  readonly intent: Intent | null
  /** Of the likeliest of the five, whether or not it is enough: 0 to 1. */
  readonly confidence: number
  /** Their sum is below 1 by the share of what is none of the five. All 0 where there is nothing to read. */
  readonly scores: IntentScores
}

const width = columns.length

/** Synchronous and with one buffer: an answer is complete before the next text is looked at. */
export class IntentClassifier {
  readonly model: IntentModel
  readonly reader: FeatureReader
  readonly #logits = new Float64Array(width)
  readonly #sums = new Int32Array(width)

  constructor(model: IntentModel) {
    this.model = model
    this.reader = new FeatureReader(model.dimension)
  }

  classify(text: string): IntentAnswer {
    this.reader.read(text)
    if (this.reader.readable === 0) return { intent: null, confidence: 0, scores: toScores(() => 0) }
    return this.#decide(softmax(this.logits()))
  }

  /** Of the text that was read last. Weights are whole numbers, so sums are exact and the same on every machine. */
  logits(): Float64Array {
    const { features, featureScale, structure, structureScale, bias } = this.model
    const { count, indices, weights, squares } = this.reader
    const sums = this.#sums.fill(0)
    for (let at = 0; at < count; at++) {
      const row = (indices[at] ?? 0) * width
      const weight = weights[at] ?? 0
      for (let column = 0; column < width; column++) {
        sums[column] = (sums[column] ?? 0) + weight * (features[row + column] ?? 0)
      }
    }
    const norm = featureScale / Math.sqrt(Math.max(1, squares))
    for (let column = 0; column < width; column++) {
      const answers = this.reader.structure.reduce(
        (sum, place) => sum + (structure[place * width + column] ?? 0),
        0,
      )
      this.#logits[column] = (bias[column] ?? 0) + norm * (sums[column] ?? 0) + structureScale * answers
    }
    return this.#logits
  }

  #decide(shares: readonly number[]): IntentAnswer {
    const scores = toScores((column) => shares[column] ?? 0)
    const likeliest = intents.reduce((best, intent) => (scores[intent] > scores[best] ? intent : best))
    const confidence = scores[likeliest]
    const none = shares[columns.indexOf('none')] ?? 0
    const isSure = confidence >= this.model.threshold && confidence > none
    return { intent: isSure ? likeliest : null, confidence, scores }
  }
}

function toScores(shareOf: (column: number) => number): IntentScores {
  return {
    code: shareOf(0),
    math: shareOf(1),
    translation: shareOf(2),
    fast: shareOf(3),
    reasoning: shareOf(4),
  }
}

function softmax(logits: Float64Array): number[] {
  const highest = Math.max(...logits)
  const powers = Array.from(logits, (logit) => Math.exp(logit - highest))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map((power) => power / sum)
}
