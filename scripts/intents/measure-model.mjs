import { columns } from './read-dataset.mjs'

/** @typedef {import('./read-dataset.mjs').Example} Example */

const intents = columns.slice(0, -1)

/**
 * What a model answers on a part, in one language or all.
 * @typedef {object} Figures
 * @property {number} prompts
 * @property {readonly (readonly number[])[]} table A row for each of the columns, by what is right; the last cell of each
 * row counts what went to the default target.
 * @property {number} accuracy Right answers; for what is none of the five, the default target is right.
 * @property {number} macroF1 Of the five, with the default target counted as a miss.
 * @property {number} forcedMacroF1 Of the five, when the likeliest is taken however unsure, over their prompts alone.
 * @property {number} routed Share of the prompts with one of the five that were given an intent.
 * @property {number} routedRight Share of all that were given an intent, rightly.
 */

/** @param {import('../../lib/intents/intent-classifier.ts').IntentClassifier} classifier
 * @param {readonly Example[]} examples @returns {Figures} */
export function measureModel(classifier, examples) {
  const table = emptyTable()
  const forced = emptyTable()
  for (const { text, column } of examples) {
    const { intent, scores } = classifier.classify(text)
    const likeliest = intents.reduce((best, each) =>
      scoreOf(scores, each) > scoreOf(scores, best) ? each : best,
    )
    add(table, column, intent ?? 'none')
    if (column !== 'none') add(forced, column, likeliest)
  }
  const right = columns.reduce((sum, _, place) => sum + cell(table, place, place), 0)
  const ofFive = table.slice(0, -1)
  const routed = sumOf(table.map((row) => sumOf(row.slice(0, -1))))
  const routedRight = sumOf(ofFive.map((row, place) => row[place] ?? 0))
  return {
    prompts: examples.length,
    table,
    accuracy: right / examples.length,
    macroF1: macroF1(table),
    forcedMacroF1: macroF1(forced),
    routed: sumOf(ofFive.map((row) => sumOf(row.slice(0, -1)))) / sumOf(ofFive.map(sumOf)),
    routedRight: routedRight / routed,
  }
}

/** @param {readonly (readonly number[])[]} table */
function macroF1(table) {
  const scores = intents.map((_, place) => {
    const hits = cell(table, place, place)
    const answered = sumOf(table.map((row) => row[place] ?? 0))
    const expected = sumOf(table[place] ?? [])
    return hits === 0 ? 0 : (2 * hits) / (answered + expected)
  })
  return sumOf(scores) / scores.length
}

function emptyTable() {
  return columns.map(() => columns.map(() => 0))
}

/** @param {number[][]} table @param {string} right @param {string} answer */
function add(table, right, answer) {
  const row = table[columns.indexOf(right)]
  const place = columns.indexOf(answer)
  if (row !== undefined) row[place] = (row[place] ?? 0) + 1
}

/** @param {Readonly<Record<string, number>>} scores @param {string} intent */
function scoreOf(scores, intent) {
  return scores[intent] ?? 0
}

/** @param {readonly (readonly number[])[]} table @param {number} row @param {number} column */
function cell(table, row, column) {
  return table[row]?.[column] ?? 0
}

/** @param {readonly number[]} values */
function sumOf(values) {
  return values.reduce((sum, value) => sum + value, 0)
}
