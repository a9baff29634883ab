import { expect, test } from 'vitest'
import { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { ProtocolError } from '@/lib/protocols/protocol-error.ts'
import { fromGeminiSchema, toGeminiSchema } from './schema.ts'

function written(schema: JsonObject): { schema: JsonObject; dropped: readonly string[] } {
  const dropped = new DroppedFields()
  return { schema: toGeminiSchema(schema, 's', dropped), dropped: dropped.names }
}

test.each<[string, JsonObject, JsonObject, string[]]>([
  ['a type of null', { type: ['string', 'null'] }, { type: 'string', nullable: true }, []],
  [
    'several types',
    { type: ['string', 'integer'] },
    { anyOf: [{ type: 'string' }, { type: 'integer' }] },
    [],
  ],
  ['const', { const: 'a' }, { enum: ['a'], type: 'string' }, []],
  ['an enum with null', { enum: ['a', null] }, { enum: ['a'], type: 'string', nullable: true }, []],
  ['an enum of numbers', { type: 'integer', enum: [1, 2] }, { type: 'integer' }, ['s.enum']],
  [
    'an alternative of null',
    { anyOf: [{ type: 'string', minLength: 1 }, { type: 'null' }] },
    { type: 'string', minLength: 1, nullable: true },
    [],
  ],
  [
    'oneOf',
    { oneOf: [{ type: 'string' }, { type: 'number' }] },
    { anyOf: [{ type: 'string' }, { type: 'number' }] },
    [],
  ],
  [
    'allOf of one',
    { allOf: [{ type: 'string' }], description: 'd' },
    { type: 'string', description: 'd' },
    [],
  ],
  ['allOf of two', { allOf: [{ type: 'string' }, { maxLength: 2 }] }, {}, ['s.allOf']],
  [
    'what Gemini does not know',
    {
      $schema: 'x',
      type: 'object',
      additionalProperties: false,
      properties: { a: { type: 'number', exclusiveMinimum: 1 } },
    },
    { type: 'object', properties: { a: { type: 'number' } } },
    ['s.additionalProperties', 's.exclusiveMinimum'],
  ],
  ['a format it knows', { type: 'string', format: 'date-time' }, { type: 'string', format: 'date-time' }, []],
  ['a format it does not', { type: 'string', format: 'email' }, { type: 'string' }, ['s.format']],
  ['an object without properties', { type: 'object', properties: {} }, { type: 'object' }, []],
  [
    'references',
    {
      type: 'array',
      items: { $ref: '#/$defs/a~1b', description: 'd' },
      $defs: { 'a/b': { type: 'string' } },
    },
    { type: 'array', items: { type: 'string', description: 'd' } },
    [],
  ],
  [
    'references to themselves',
    {
      $ref: '#/$defs/node',
      $defs: { node: { type: 'object', properties: { next: { $ref: '#/$defs/node' } } } },
    },
    { type: 'object', properties: { next: { type: 'object' } } },
    ['s.ref'],
  ],
  ['references that lead nowhere', { $ref: 'https://x.example/y' }, { type: 'object' }, ['s.ref']],
])('writes %s', (_, schema, expected, dropped) => {
  expect(written(schema)).toEqual({ schema: expected, dropped })
})

test('refuses references that multiply without end', () => {
  const $defs: JsonObject = { d0: { type: 'string' } }
  for (let level = 1; level <= 30; level++) {
    const $ref = `#/$defs/d${level - 1}`
    $defs[`d${level}`] = { type: 'object', properties: { a: { $ref }, b: { $ref } } }
  }
  expect(() => written({ $ref: '#/$defs/d30', $defs })).toThrow(ProtocolError)
})

test('refuses a schema nested too deeply', () => {
  let schema: JsonObject = { type: 'string' }
  for (let depth = 0; depth < 100; depth++) schema = { type: 'array', items: schema }
  expect(() => written(schema)).toThrow(ProtocolError)
  expect(() => fromGeminiSchema(schema)).toThrow(ProtocolError)
})

test('reads types in capitals and nullable', () => {
  expect(
    fromGeminiSchema({
      type: 'OBJECT',
      properties: {
        a: { type: 'ARRAY', nullable: true, items: { anyOf: [{ type: 'STRING' }], nullable: true } },
      },
    }),
  ).toEqual({
    type: 'object',
    properties: { a: { type: ['array', 'null'], items: { anyOf: [{ type: 'string' }, { type: 'null' }] } } },
  })
})
