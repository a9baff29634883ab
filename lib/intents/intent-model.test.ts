import { statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import modelFile from './intent-model.json' with { type: 'json' }
import { toIntentModel } from './intent-model.ts'

describe('the intent model', () => {
  it('is a file of at most 512 KiB', () => {
    expect(statSync(join(import.meta.dirname, 'intent-model.json')).size).toBeLessThanOrEqual(512 * 1024)
  })

  it('fits the program', () => {
    const model = toIntentModel(modelFile)
    expect(model.features.some((weight) => weight !== 0)).toBe(true)
    expect(model.features).toHaveLength(model.dimension * modelFile.columns.length)
  })

  it.each([
    { ...modelFile, format: 2 },
    { ...modelFile, columns: ['code', 'math'] },
    { ...modelFile, dimension: 1_000 },
    { ...modelFile, dimension: modelFile.dimension * 2 },
    { ...modelFile, structure: modelFile.structure.slice(8) },
    { ...modelFile, bias: [0] },
  ])('is refused when it was made for other features', (file) => {
    expect(() => toIntentModel(file)).toThrow('npm run train-intents')
  })
})
