import { expect, test } from 'vitest'
import { modelApiProtocols, modelApiUseCases, protocolsOf, routesOf } from './model-api-routes.ts'

const pairs = modelApiUseCases.flatMap((useCase) =>
  protocolsOf(useCase).map((protocol) => ({ useCase, protocol })),
)

test('each use case has the protocols that it is called in', () => {
  expect(Object.fromEntries(modelApiUseCases.map((useCase) => [useCase, protocolsOf(useCase)]))).toEqual({
    text: ['openai', 'anthropic'],
    image: ['openai', 'model-studio', 'comfyui'],
    video: ['model-studio'],
    speech: ['openai', 'model-studio'],
    embedding: ['openai'],
    rerank: ['model-studio', 'vllm'],
    others: ['openai'],
  })
})

test.each(pairs)('$useCase by $protocol names each route once', ({ useCase, protocol }) => {
  const routes = routesOf(useCase, protocol)
  expect(routes.length).toBeGreaterThan(0)
  for (const part of ['name', 'path'] as const) {
    const values = routes.map((route) => route[part])
    expect(new Set(values).size).toBe(values.length)
  }
  for (const { path, methods } of routes) {
    expect(path).toMatch(/^(?:\/[a-z0-9_-]+|\/\{[a-z_]+\})+$/)
    expect(methods.length).toBeGreaterThan(0)
  }
})

test('a ComfyUI server answers at 25 routes', () => {
  expect(routesOf('image', 'comfyui')).toHaveLength(25)
})

test('what is no pair has no routes', () => {
  const others = modelApiProtocols.filter((protocol) => !protocolsOf('video').includes(protocol))
  expect(others.flatMap((protocol) => routesOf('video', protocol))).toEqual([])
})
