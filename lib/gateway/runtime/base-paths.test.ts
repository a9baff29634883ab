import { expect, test } from 'vitest'
import { BasePaths } from '@/lib/gateway/runtime/base-paths.ts'

function pathsOf(...basePaths: string[]): BasePaths<string> {
  const paths = new BasePaths<string>()
  for (const basePath of basePaths) expect(paths.add(basePath, basePath)).toBe(true)
  return paths
}

test('the longest base path that a URL lies under wins', () => {
  const paths = pathsOf('/', '/a', '/a/b', '/a/b/c', '/other')
  expect(paths.find('/a/b/c/v1/x')).toBe('/a/b/c')
  expect(paths.find('/a/b/cd')).toBe('/a/b')
  expect(paths.find('/a/b')).toBe('/a/b')
  expect(paths.find('/a/bc/d')).toBe('/a')
  expect(paths.find('/a?x=/b')).toBe('/a')
  expect(paths.find('/a/b?x')).toBe('/a/b')
  expect(paths.find('/ab')).toBe('/')
  expect(paths.find('/')).toBe('/')
})

test('whole segments count, and nothing is found where nothing is', () => {
  const paths = pathsOf('/chat')
  expect(paths.find('/chat')).toBe('/chat')
  expect(paths.find('/chat/')).toBe('/chat')
  for (const url of ['/chats/v1', '/cha', '/', '//chat', '*', '', '/x/chat', '/CHAT/v1']) {
    expect(paths.find(url)).toBeNull()
  }
})

test('a place is taken once', () => {
  const paths = pathsOf('/', '/a')
  expect(paths.add('/a', 'again')).toBe(false)
  expect(paths.add('/', 'again')).toBe(false)
  expect(paths.find('/a/x')).toBe('/a')
})

test('thousands of base paths are told apart', () => {
  const all = Array.from({ length: 20_000 }, (_, index) => `/team-${index}/models`)
  const paths = pathsOf(...all)
  for (const basePath of all) expect(paths.find(`${basePath}/v1/chat/completions`)).toBe(basePath)
  expect(paths.find('/team-20000/models/v1')).toBeNull()
})
