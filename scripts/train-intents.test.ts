import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { builtInClassifier } from '@/lib/intents/classify-intent.ts'
import { columns as programColumns } from '@/lib/intents/intent.ts'
import modelFile from '@/lib/intents/intent-model.json' with { type: 'json' }
import type { IntentModelFile } from '@/lib/intents/intent-model.ts'
import { buildModel } from './intents/build-model.mjs'
import { expandTemplate, readSlots } from './intents/expand-template.mjs'
import { figuresText } from './intents/figures-page.mjs'
import { loadClassifier } from './intents/load-classifier.mjs'
import { measureModel } from './intents/measure-model.mjs'
import { modelText } from './intents/model-file.mjs'
import { findNearCopies } from './intents/nearest-prompts.mjs'
import { columns, readPart } from './intents/read-dataset.mjs'
import { inProject } from './prepare/project-root.mjs'

const dataset = inProject('lib/intents/dataset')
const training = readPart(dataset, 'train')
const validation = readPart(dataset, 'validation')
const heldOut = readPart(dataset, 'held-out')
const textsOf = (part: typeof heldOut) => part.map(({ text }) => text)

describe('the data set of intents', () => {
  it('has the columns of the program', () => {
    expect(columns).toEqual([...programColumns])
  })

  it.each(columns.flatMap((column) => ['en', 'zh'].map((language) => [column, language] as const)))(
    'has enough prompts for %s in %s',
    (column, language) => {
      const count = (part: typeof heldOut) =>
        part.filter((example) => example.column === column && example.language === language).length
      expect(count(training)).toBeGreaterThanOrEqual(400)
      expect(count(validation)).toBeGreaterThanOrEqual(12)
      expect(count(heldOut)).toBeGreaterThanOrEqual(column === 'none' ? 40 : 60)
    },
  )

  it('holds out prompts that are written, not made from templates', () => {
    expect(heldOut.filter(({ isTemplate }) => isTemplate)).toEqual([])
    expect(new Set(textsOf(heldOut)).size).toBe(heldOut.length)
  })

  it('holds out nothing that training or validation knows, not even nearly', () => {
    const known = [...new Set([...textsOf(training), ...textsOf(validation)])]
    expect(findNearCopies(textsOf(heldOut), known, 0.5)).toEqual([])
  })

  it('tells when a template names a slot that is not there', () => {
    const slots = readSlots(['# colour', 'red'])
    expect(expandTemplate('a «colour» «door|door»', slots, () => 0)).toBe('a red door')
    expect(() => expandTemplate('a «color» door', slots, () => 0)).toThrow('there is no slot «color»')
  })
})

describe('the trained model', () => {
  it('has the figures that docs/intents.md tells', async () => {
    const page = readFileSync(inProject('docs/intents.md'), 'utf8')
    const model: IntentModelFile = modelFile
    expect(page).toContain(figuresText(await loadClassifier(), model, validation, heldOut))
  })

  it.each(['en', 'zh'])('tells the intents apart in %s', (language) => {
    const figures = measureModel(
      builtInClassifier,
      heldOut.filter((example) => example.language === language),
    )
    expect(figures.macroF1).toBeGreaterThanOrEqual(0.9)
    expect(figures.accuracy).toBeGreaterThanOrEqual(0.88)
    expect(figures.routedRight).toBeGreaterThanOrEqual(0.95)
  })

  it('comes out the same, byte for byte, when it is trained again', async () => {
    const again = modelText(buildModel(await loadClassifier(), training, validation))
    expect(again).toBe(readFileSync(inProject('lib/intents/intent-model.json'), 'utf8'))
  })
})
