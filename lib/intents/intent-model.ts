import { columns } from './intent.ts'
import { structureQuestions } from './structure-features.ts'

/** The model as it lies in its file; `npm run train-intents` writes it. */
export interface IntentModelFile {
  readonly format: number
  readonly columns: readonly string[]
  readonly dimension: number
  /** Weights of hashed features, one signed byte for each index and column, in base64. */
  readonly features: string
  /** Logits for one unit of a feature's weight. */
  readonly featureScale: number
  /** Weights of the structure questions, the same way. */
  readonly structure: string
  readonly structureScale: number
  readonly bias: readonly number[]
  /** Below this confidence there is no intent. */
  readonly threshold: number
}

export interface IntentModel {
  readonly dimension: number
  readonly features: Int8Array
  readonly featureScale: number
  readonly structure: Int8Array
  readonly structureScale: number
  readonly bias: readonly number[]
  readonly threshold: number
}

export const modelFormat = 1

/** Throws with a sentence when the file does not fit this program: a model of other features would answer nonsense. */
export function toIntentModel(file: IntentModelFile): IntentModel {
  const features = toWeights(file.features)
  const structure = toWeights(file.structure)
  const fits =
    file.format === modelFormat &&
    file.columns.join() === columns.join() &&
    Number.isInteger(Math.log2(file.dimension)) &&
    features.length === file.dimension * columns.length &&
    structure.length === structureQuestions.length * columns.length &&
    file.bias.length === columns.length
  if (!fits)
    throw new Error('The intent model was trained for other features. Train it: npm run train-intents')
  const { dimension, featureScale, structureScale, bias, threshold } = file
  return { dimension, features, featureScale, structure, structureScale, bias, threshold }
}

function toWeights(base64: string): Int8Array {
  return Int8Array.from(atob(base64), (byte) => byte.charCodeAt(0))
}
