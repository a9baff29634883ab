import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { toPostgresqlSchema } from './generate-clients.mjs'
import { inProject } from './project-root.mjs'

const source = readFileSync(inProject('prisma/schema.prisma'), 'utf8')

test('the PostgreSQL schema differs from the one source in provider and output alone', () => {
  const derived = toPostgresqlSchema(source).split('\n')
  const changed = source
    .split('\n')
    .flatMap((line, index) => (line === derived[index] ? [] : [derived[index]?.trim()]))
  expect(changed).toEqual([
    'output     = "../../../lib/persistence/generated/postgresql"',
    'provider = "postgresql"',
  ])
})

test('a source that cannot be derived from is refused, not generated twice for one database', () => {
  expect(() => toPostgresqlSchema(source.replace('provider = "sqlite"', 'provider="sqlite"'))).toThrow(
    'must name provider',
  )
})
