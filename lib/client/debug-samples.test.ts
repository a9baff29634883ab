import { expect, test } from 'vitest'
import { modelApiUseCases, protocolsOf, routesOf } from '@/lib/domain/model-api-routes.ts'
import { firstMethod, sampleBody } from './debug-samples.ts'

const routes = modelApiUseCases.flatMap((useCase) =>
  protocolsOf(useCase).flatMap((protocol) => routesOf(useCase, protocol)),
)

test('has something to send for every route that takes a body', () => {
  for (const route of routes) {
    const method = firstMethod(route)
    expect(route.methods).toContain(method)
    const sample = sampleBody(route, method, 'm')
    expect(sample.type === 'none').toBe(method === 'GET' || method === 'DELETE')
    if (sample.type === 'json') expect(JSON.parse(sample.text)).toBeTypeOf('object')
    if (route.carries.includes('json')) expect(sample).toMatchObject({ text: expect.stringContaining('"m"') })
    if (sample.type === 'form') expect(sample.parts.some(({ type }) => type === 'file')).toBe(true)
  }
})
