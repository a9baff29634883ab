import type { IntentAnswer } from './intent-classifier.ts'
import { IntentClassifier } from './intent-classifier.ts'
import modelFile from './intent-model.json' with { type: 'json' }
import { toIntentModel } from './intent-model.ts'

/** Loaded once with the program that imports it. */
export const builtInClassifier = new IntentClassifier(toIntentModel(modelFile))

/** What the text asks for. Its cost is bounded: of a text of any length, 2,000 code units are read. */
export function classifyIntent(text: string): IntentAnswer {
  return builtInClassifier.classify(text)
}
