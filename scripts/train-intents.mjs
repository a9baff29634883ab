import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { buildModel } from './intents/build-model.mjs'
import { figuresText, replaceFigures } from './intents/figures-page.mjs'
import { loadClassifier } from './intents/load-classifier.mjs'
import { modelText } from './intents/model-file.mjs'
import { readPart } from './intents/read-dataset.mjs'
import { exitWith } from './prepare/exit-with.mjs'
import { inProject } from './prepare/project-root.mjs'

// Trains the classifier of smart routing: npm run train-intents [-- --data <folder of your own>]
try {
  await trainIntents()
} catch (error) {
  exitWith(error)
}

async function trainIntents() {
  const { values } = parseArgs({ options: { data: { type: 'string', multiple: true } } })
  const folders = [inProject('lib/intents/dataset'), ...(values.data ?? []).map((folder) => resolve(folder))]
  const read = (/** @type {string} */ part) => folders.flatMap((folder) => readPart(folder, part))
  const parts = await loadClassifier()
  const [training, validation] = [read('train'), read('validation')]
  const start = performance.now()
  const model = buildModel(parts, training, validation)
  console.log(`Trained on ${training.length} prompts in ${Math.round(performance.now() - start)} ms`)
  const text = modelText(model)
  writeFileSync(inProject('lib/intents/intent-model.json'), text)
  console.log(`lib/intents/intent-model.json: ${Math.round(text.length / 1024)} KiB`)
  const figures = figuresText(parts, model, validation, read('held-out'))
  const page = inProject('docs/intents.md')
  writeFileSync(page, replaceFigures(readFileSync(page, 'utf8'), figures))
  console.log(`${figures}\n\nWritten to docs/intents.md`)
}
