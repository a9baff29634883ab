import { expect, test } from 'vitest'
import { readFormModel, writeFormModel } from './form-model.ts'

const type = 'multipart/form-data; boundary=abc'
const part = (head: string, body: string) => `--abc\r\n${head}\r\n\r\n${body}\r\n`
const disposition = (rest: string) => `Content-Disposition: form-data; ${rest}`
const file = part(
  `${disposition('name="image"; filename="model.png"')}\r\nContent-Type: image/png`,
  '\0\x01--ab\r\n',
)
const form = (...parts: string[]) => Buffer.from(`${parts.join('')}--abc--\r\n`, 'latin1')

test('finds the model wherever the form has it', () => {
  const model = part(disposition('name="model"'), 'gpt-image-1')
  for (const bytes of [
    form(model, file),
    form(file, model),
    form(file, part(disposition('name=model'), 'gpt-image-1')),
  ]) {
    const read = readFormModel(type, bytes)
    expect(read?.model?.name).toBe('gpt-image-1')
    expect(writeFormModel(bytes, read ?? { boundary: '', model: null }, 'other').toString('latin1')).toBe(
      bytes.toString('latin1').replace('gpt-image-1', 'other'),
    )
  }
})

test('takes no file and no other field for it', () => {
  const fields = [
    part(disposition('name="model"; filename="a"'), 'x'),
    part(disposition('name="modelled"'), 'x'),
    part(disposition('name="prompt"'), 'name="model"'),
  ]
  for (const field of fields)
    expect(readFormModel(type, form(field))).toEqual({ boundary: 'abc', model: null })
})

test('adds a model to a form that names none', () => {
  const bytes = form(file)
  const written = writeFormModel(bytes, { boundary: 'abc', model: null }, 'other')
  expect(readFormModel(type, written)?.model?.name).toBe('other')
  expect(written.subarray(written.length - bytes.length)).toEqual(bytes)
})

test('refuses two models, of which the service might take the other one', () => {
  const model = part(disposition('name="model"'), 'a')
  expect(() => readFormModel(type, form(model, model))).toThrow('names its model twice')
})

test('is content with bodies that are no forms, or broken ones', () => {
  expect(readFormModel('application/json', form(file))).toBeNull()
  expect(readFormModel('multipart/form-data', form(file))).toBeNull()
  for (const text of [
    '',
    '--abc',
    '--abc\r\n',
    '--abc\r\nContent-Disposition: form-data; name="model"\r\n\r\nx',
  ]) {
    expect(readFormModel(type, Buffer.from(text))).toEqual({ boundary: 'abc', model: null })
  }
})
