import { seededRandom, shuffled } from './seeded-random.mjs'

/**
 * A text as the trainer sees it.
 * @typedef {{ indices: Int32Array, values: Float64Array, structure: readonly number[], column: number, weight: number }} Row
 * @typedef {{ features: Float64Array, structure: Float64Array, bias: Float64Array }} Weights
 * @typedef {{ dimension: number, questions: number, width: number, epochs: number, rate: number, decay: number, drop: number, smoothing: number, structureValue: number, seed: number }} Settings
 */

/** Multinomial logistic regression: stochastic gradient descent with a rate of its own for each weight (AdaGrad), L2
 * decay, and features left out at random so that no single word carries an intent alone.
 * @param {readonly Row[]} rows @param {Settings} settings @returns {Weights} */
export function trainSoftmax(rows, settings) {
  const { dimension, questions, width, epochs, seed } = settings
  const random = seededRandom(seed)
  const weights = emptyWeights(dimension, questions, width)
  const squares = emptyWeights(dimension, questions, width)
  const errors = new Float64Array(width)
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const row of shuffled(rows, random)) {
      errorsOf(row, weights, settings, errors)
      step(row, weights, squares, settings, errors, random)
    }
  }
  return weights
}

/** @param {number} dimension @param {number} questions @param {number} width @returns {Weights} */
function emptyWeights(dimension, questions, width) {
  return {
    features: new Float64Array(dimension * width),
    structure: new Float64Array(questions * width),
    bias: new Float64Array(width),
  }
}

/** What the model says less what is right, into `errors`.
 * @param {Row} row @param {Weights} weights @param {Settings} settings @param {Float64Array} errors */
function errorsOf(row, weights, { width, structureValue, smoothing }, errors) {
  errors.set(weights.bias)
  row.indices.forEach((index, place) => {
    const value = at(row.values, place)
    for (let column = 0; column < width; column++) {
      errors[column] = at(errors, column) + value * at(weights.features, index * width + column)
    }
  })
  for (const question of row.structure) {
    for (let column = 0; column < width; column++) {
      errors[column] = at(errors, column) + structureValue * at(weights.structure, question * width + column)
    }
  }
  const highest = Math.max(...errors)
  let sum = 0
  for (let column = 0; column < width; column++) {
    errors[column] = Math.exp(at(errors, column) - highest)
    sum += at(errors, column)
  }
  for (let column = 0; column < width; column++) {
    const right = column === row.column ? 1 - smoothing : smoothing / (width - 1)
    errors[column] = row.weight * (at(errors, column) / sum - right)
  }
}

/** @param {Row} row @param {Weights} weights @param {Weights} squares @param {Settings} settings
 * @param {Float64Array} errors @param {() => number} random */
function step(row, weights, squares, settings, errors, random) {
  const { width, structureValue, drop } = settings
  row.indices.forEach((index, place) => {
    if (random() < drop) return
    descend(weights.features, squares.features, index * width, at(row.values, place), settings, errors)
  })
  for (const question of row.structure) {
    descend(weights.structure, squares.structure, question * width, structureValue, settings, errors)
  }
  descend(weights.bias, squares.bias, 0, 0.1, settings, errors)
}

/** @param {Float64Array} weights @param {Float64Array} squares @param {number} from @param {number} value
 * @param {Settings} settings @param {Float64Array} errors */
function descend(weights, squares, from, value, { width, rate, decay }, errors) {
  for (let column = 0; column < width; column++) {
    const place = from + column
    const gradient = at(errors, column) * value + decay * at(weights, place)
    squares[place] = at(squares, place) + gradient * gradient
    weights[place] = at(weights, place) - (rate * gradient) / (Math.sqrt(at(squares, place)) + 1e-6)
  }
}

/** @param {Float64Array} values @param {number} place */
function at(values, place) {
  return values[place] ?? 0
}
