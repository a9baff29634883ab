import { expect, test } from 'vitest'
import {
  isAutomatic,
  keyFormOf,
  matchesProvider,
  offeredProtocol,
  presetUrl,
  shownOptions,
  urlPattern,
} from './provider-form.ts'
import { automaticManifest, pairManifest, plainManifest } from './testing/manifests.ts'

test('an address follows its options, and is empty while it needs one', () => {
  expect(presetUrl(plainManifest, 'openai', {})).toBe('https://eu.plain.example/v1')
  expect(presetUrl(plainManifest, 'native', { region: 'us' })).toBe('https://us.plain.example')
  expect(urlPattern(plainManifest, 'openai', {})).toBe('https://{region}.plain.example/v1')
  expect(presetUrl(automaticManifest, 'openai', {})).toBe('')
})

test('a protocol that an option forbids gives way to the other', () => {
  expect(offeredProtocol(pairManifest, 'openai', { mode: 'pair' })).toBe('openai')
  expect(offeredProtocol(pairManifest, 'openai', { mode: 'single' })).toBe('native')
  expect(offeredProtocol(automaticManifest, 'native', {})).toBe('openai')
})

test('the shape of a key follows the options; what is automatic asks for none', () => {
  const names = (options: Record<string, string>) =>
    keyFormOf(pairManifest, 'native', options)?.fields.map(({ name }) => name)
  expect(names({})).toEqual(['id', 'secret', 'session'])
  expect(names({ mode: 'single' })).toEqual(['document'])
  expect(isAutomatic(automaticManifest)).toBe(true)
  expect(keyFormOf(automaticManifest, 'openai', {})).toBeNull()
})

test('options are shown by their condition', () => {
  expect(shownOptions(plainManifest, {}).map(({ name }) => name)).toEqual(['region'])
})

test.each(['plain', '平常', 'KIMI', 'kim pla', ''])('%j finds a provider', (search) => {
  expect(matchesProvider(plainManifest, search)).toBe(true)
})

test('another name does not', () => {
  expect(matchesProvider(plainManifest, 'kimi pair')).toBe(false)
})
