import { columns } from './read-dataset.mjs'
import { trainSoftmax } from './train-softmax.mjs'

/** @typedef {import('./read-dataset.mjs').Example} Example */
/** @typedef {Awaited<ReturnType<typeof import('./load-classifier.mjs').loadClassifier>>} Parts */
/** @typedef {import('../../lib/intents/intent-model.ts').IntentModelFile} ModelFile */

const dimension = 2 ** 15
const settings = {
  epochs: 14,
  rate: 0.15,
  decay: 1e-6,
  drop: 0.3,
  smoothing: 0.03,
  structureValue: 0.1,
  seed: 7,
}
/** Rows of one template resemble each other, so each counts less than a prompt that was written. */
const templateWeight = 0.6
const temperatures = Array.from({ length: 61 }, (_, step) => 0.5 + step * 0.05)
/** A wrong target costs one and a half times what the right one is worth, and the default target nothing; then an intent
 * pays from this share on, as far as the shares are true. */
const threshold = 0.6

/** Trains on one part, then sets how sure the model says it is on the other.
 * @param {Parts} parts @param {readonly Example[]} training @param {readonly Example[]} validation
 * @returns {ModelFile} */
export function buildModel(parts, training, validation) {
  return { ...setTemperature(parts, train(parts, training), validation), threshold }
}

/** @param {Parts} parts @param {readonly Example[]} examples @returns {ModelFile} */
function train({ FeatureReader, structureQuestions, modelFormat }, examples) {
  const reader = new FeatureReader(dimension)
  const rows = examples.map(({ text, column, isTemplate }) => {
    reader.read(text)
    const norm = Math.sqrt(Math.max(1, reader.squares))
    return {
      indices: reader.indices.slice(0, reader.count),
      values: Float64Array.from(reader.weights.slice(0, reader.count), (weight) => weight / norm),
      structure: reader.structure,
      column: columns.indexOf(column),
      weight: isTemplate ? templateWeight : 1,
    }
  })
  const size = { dimension, questions: structureQuestions.length, width: columns.length }
  const weights = trainSoftmax(rows, { ...settings, ...size })
  const features = quantise(weights.features)
  const structure = quantise(weights.structure)
  return {
    format: modelFormat,
    columns,
    dimension,
    features: features.base64,
    featureScale: features.scale,
    structure: structure.base64,
    structureScale: structure.scale * settings.structureValue,
    bias: [...weights.bias],
    threshold: 0,
  }
}

/** Signed bytes; the largest weight becomes 127.
 * @param {Float64Array} weights */
function quantise(weights) {
  const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0)
  const scale = largest === 0 ? 1 : largest / 127
  const bytes = Int8Array.from(weights, (weight) => Math.round(weight / scale))
  return { base64: Buffer.from(bytes.buffer).toString('base64'), scale }
}

/** One factor for all logits, under which the shares fit best what is right.
 * @param {Parts} parts @param {ModelFile} model @param {readonly Example[]} examples @returns {ModelFile} */
function setTemperature({ IntentClassifier, toIntentModel }, model, examples) {
  const classifier = new IntentClassifier(toIntentModel(model))
  const logits = examples.map(({ text, column }) => {
    classifier.reader.read(text)
    return { values: [...classifier.logits()], right: columns.indexOf(column) }
  })
  const surprise = (/** @type {number} */ factor) =>
    logits.reduce((sum, { values, right }) => {
      const all = values.reduce((total, value) => total + Math.exp(factor * value), 0)
      return sum + Math.log(all) - factor * (values[right] ?? 0)
    }, 0)
  const factor = temperatures.reduce((best, each) => (surprise(each) < surprise(best) ? each : best))
  return {
    ...model,
    featureScale: rounded(model.featureScale * factor),
    structureScale: rounded(model.structureScale * factor),
    bias: model.bias.map((value) => rounded(value * factor)),
  }
}

/** Digits enough for the figures, and few enough to read.
 * @param {number} value */
function rounded(value) {
  return Number(value.toPrecision(7))
}
