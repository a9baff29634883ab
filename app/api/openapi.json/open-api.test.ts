import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { openApiDocument } from '@/lib/console/http/open-api.ts'
import { listRoutes } from './list-routes.ts'

const entries = listRoutes().map(({ path, method, handler }) => ({
  path,
  method,
  route: handler.description,
}))
const document = openApiDocument(entries, '1.2.3', 'http://localhost:3000') as {
  paths: Record<string, Record<string, { operationId: string; parameters: { name: string }[] }>>
}

test('every route file is in the document, with every method it has, and nothing else is', () => {
  const onDisk = new Set<string>()
  for (const file of routeFiles()) {
    const address = `/${file.replace('app/', '').replace('/route.ts', '')}`.replaceAll(/\[(\w+)\]/g, '{$1}')
    for (const [, method] of readFileSync(file, 'utf8').matchAll(
      /export const (GET|POST|PUT|PATCH|DELETE) /g,
    )) {
      onDisk.add(`${method?.toLowerCase()} ${address}`)
    }
  }
  const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  )
  expect(onDisk.size).toBeGreaterThan(40)
  expect(documented.sort()).toEqual([...onDisk].sort())
})

test('operations have ids of their own and name every part of their address', () => {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.values(methods).map((operation) => ({ path, ...operation })),
  )
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length)
  for (const { path, parameters } of operations) {
    const named = parameters.map(({ name }) => name)
    for (const [, name] of path.matchAll(/\{(\w+)\}/g)) expect(named).toContain(name)
  }
})

test('the document is JSON and describes bodies, answers and problems', () => {
  const text = JSON.stringify(document)
  expect(text).toContain('application/problem+json')
  expect(text).toContain('Idempotency-Key')
  expect(JSON.parse(text)).toEqual(document)
})

test('a routing is told apart by its mode', () => {
  const { paths } = JSON.parse(JSON.stringify(document))
  const { post } = paths['/api/v1/workspaces/{workspace}/model-apis']
  const { routing, fallback } = post.requestBody.content['application/json'].schema.properties
  const forms = routing.oneOf
  const required = Object.fromEntries(
    forms.map(({ properties, required }: { properties: { mode: { const: string } }; required: string[] }) => [
      properties.mode.const,
      required,
    ]),
  )
  expect(required).toEqual({
    single: ['mode', 'target'],
    'model-name': ['mode', 'rules'],
    weight: ['mode', 'targets'],
    metrics: ['mode', 'targets'],
    intent: ['mode', 'intents', 'default'],
  })
  expect(fallback.properties.targets.maxItems).toBe(10)
})

function routeFiles(): string[] {
  return readdirSync('app/api/v1', { recursive: true, withFileTypes: true })
    .filter((entry) => entry.name === 'route.ts' && !entry.parentPath.includes('[...'))
    .map((entry) => path.join(entry.parentPath, entry.name))
}
