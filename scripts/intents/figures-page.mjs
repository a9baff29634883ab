import { measureModel } from './measure-model.mjs'
import { columns } from './read-dataset.mjs'

/** @typedef {import('./read-dataset.mjs').Example} Example */
/** @typedef {import('./measure-model.mjs').Figures} Figures */
/** @typedef {import('./build-model.mjs').Parts} Parts */
/** @typedef {import('./build-model.mjs').ModelFile} ModelFile */

export const figuresBegin = '<!-- Figures: written by npm run train-intents -->'
export const figuresEnd = '<!-- End of figures -->'

const languageNames = new Map([
  ['en', 'English'],
  ['zh', 'Chinese'],
])

/** The measured part of docs/intents.md.
 * @param {Parts} parts @param {ModelFile} model @param {readonly Example[]} validation
 * @param {readonly Example[]} heldOut */
export function figuresText(parts, model, validation, heldOut) {
  const classifier = classifierAt(parts, model, model.threshold)
  const languages = [...new Set(heldOut.map(({ language }) => language))]
  const measured = languages.map((language) => ({
    name: languageNames.get(language) ?? language,
    figures: measureModel(
      classifier,
      heldOut.filter((example) => example.language === language),
    ),
  }))
  const both = { name: 'Together', figures: measureModel(classifier, heldOut) }
  return [
    figuresBegin,
    summary([...measured, both]),
    ...measured.flatMap(({ name, figures }) => [
      `**${name}**, ${figures.prompts} prompts:`,
      confusion(figures),
    ]),
    `The threshold is ${model.threshold}. What others would do, on the validation prompts, which are harder than most:`,
    tradeOff(parts, model, validation),
    figuresEnd,
  ].join('\n\n')
}

/** @param {string} page @param {string} figures */
export function replaceFigures(page, figures) {
  const begin = page.indexOf(figuresBegin)
  const end = page.indexOf(figuresEnd)
  if (begin < 0 || end < begin) throw new Error(`docs/intents.md lacks the line ${figuresBegin}`)
  return page.slice(0, begin) + figures + page.slice(end + figuresEnd.length)
}

/** @param {Parts} parts @param {ModelFile} model @param {number} threshold */
function classifierAt({ IntentClassifier, toIntentModel }, model, threshold) {
  return new IntentClassifier(toIntentModel({ ...model, threshold }))
}

/** @param {Parts} parts @param {ModelFile} model @param {readonly Example[]} validation */
function tradeOff(parts, model, validation) {
  const head = ['threshold', 'right', 'given an intent', 'of these rightly']
  const rows = [0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9].map((threshold) => {
    const figures = measureModel(classifierAt(parts, model, threshold), validation)
    return [
      String(threshold),
      percent(figures.accuracy),
      percent(figures.routed),
      percent(figures.routedRight),
    ]
  })
  return markdownTable(head, rows)
}

/** @param {readonly { name: string, figures: Figures }[]} parts */
function summary(parts) {
  const head = [
    '',
    'prompts',
    'right',
    'macro-F1',
    'macro-F1 without threshold',
    'given an intent',
    'of these rightly',
  ]
  const rows = parts.map(({ name, figures }) => [
    name,
    String(figures.prompts),
    percent(figures.accuracy),
    percent(figures.macroF1),
    percent(figures.forcedMacroF1),
    percent(figures.routed),
    percent(figures.routedRight),
  ])
  return markdownTable(head, rows)
}

/** @param {Figures} figures */
function confusion({ table }) {
  const names = columns.map((column) => (column === 'none' ? 'none of the five' : `\`${column}\``))
  const head = ['is ↓, answered →', ...names.slice(0, -1), 'default']
  return markdownTable(
    head,
    table.map((row, place) => [names[place] ?? '', ...row.map(String)]),
  )
}

/** @param {readonly string[]} head @param {readonly (readonly string[])[]} rows */
function markdownTable(head, rows) {
  const line = (/** @type {readonly string[]} */ cells) => `| ${cells.join(' | ')} |`
  const rule = `|---|${'--:|'.repeat(head.length - 1)}`
  return [line(head), rule, ...rows.map(line)].join('\n')
}

/** @param {number} share */
function percent(share) {
  return `${(share * 100).toFixed(1)} %`
}
