import { parseArgs } from 'node:util'
import { describe, expect, test } from 'vitest'
import { MigrationError } from '@/lib/persistence/pending-migrations.ts'
import { EnvError } from '@/lib/platform/env.ts'
import { CliError } from './cli-error.ts'
import { explainFailure } from './explain-failure.ts'

const withCode = (code: string, path: string) =>
  Object.assign(new Error(`${code}: long text`), { code, path })

describe('what the terminal says', () => {
  test('is the sentence of errors that have one', () => {
    expect(explainFailure(new CliError('Do this.'))).toEqual({ line: 'Do this.', exitCode: 2 })
    expect(explainFailure(new EnvError('PORT: no.'))).toEqual({ line: 'PORT: no.', exitCode: 2 })
    expect(explainFailure(new MigrationError('Upgrade.'))).toEqual({ line: 'Upgrade.', exitCode: 2 })
  })

  test('names the file of a full or read-only disk, however deep the cause lies', () => {
    const wrapped = new Error('outer', {
      cause: new Error('middle', { cause: withCode('ENOSPC', '/data/x') }),
    })
    expect(explainFailure(wrapped)?.line).toBe('No space is left for /data/x. Free some and start again.')
    expect(explainFailure(withCode('EACCES', '/data/x'))?.line).toContain('SWITCHYARD_DATA_DIR')
  })

  test('is one line for an option that does not exist', () => {
    const thrown = (() => {
      try {
        parseArgs({ args: ['--nope'], options: {} })
        return null
      } catch (error) {
        return error
      }
    })()
    expect(explainFailure(thrown)).toEqual({
      line: "Unknown option '--nope'. Run switchyard --help.",
      exitCode: 2,
    })
  })

  test('is left to the stack when nobody foresaw the error', () => {
    expect(explainFailure(new TypeError('x is not a function'))).toBeNull()
    expect(explainFailure('text')).toBeNull()
  })
})
