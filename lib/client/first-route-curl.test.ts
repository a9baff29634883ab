import { expect, test } from 'vitest'
import { noPlugins } from '@/lib/domain/model-plugins.ts'
import { modelRouting } from '@/lib/domain/model-routing.ts'
import { firstRouteCurl } from './first-route-curl.ts'

const services = [{ id: 'svc_a', models: ['bge'] }]
const routing = modelRouting.parse({ mode: 'single', target: { serviceId: 'svc_a' } })
const at = (...paths: string[]) => paths.map((path) => ({ path, url: `http://gw${path}` }))
const api = { routing, plugins: noPlugins, disabledRoutes: [] }

test('a call of the first route that is on, with a model that the service has', () => {
  const addresses = at('/v1/embeddings')
  const curl = firstRouteCurl({ ...api, useCase: 'embedding', protocol: 'openai', addresses }, services)
  expect(curl).toContain('curl http://gw/v1/embeddings')
  expect(curl).toContain('"model": "bge"')
  expect(curl).not.toContain('Authorization')
})

test('passes over what is off and what asks for a file', () => {
  const addresses = at('/v1/models', '/v1/files', '/v1/batches')
  const others = { ...api, useCase: 'others', protocol: 'openai', addresses } as const
  expect(firstRouteCurl(others, services)).toBe('curl http://gw/v1/models')
  expect(firstRouteCurl({ ...others, disabledRoutes: ['models'] }, services)).toContain('/v1/batches')
})

test('names the key of consumers, and is nothing for a WebSocket', () => {
  const plugins = { ...noPlugins, authorization: { enabled: true } }
  const addresses = at('/v1/rerank')
  const rerank = { ...api, plugins, useCase: 'rerank', protocol: 'vllm', addresses } as const
  expect(firstRouteCurl(rerank, services)).toContain('Authorization: Bearer $CONSUMER_KEY')
  const socket = {
    ...api,
    useCase: 'speech',
    protocol: 'model-studio',
    addresses: at('/api-ws/v1/inference'),
  } as const
  expect(firstRouteCurl(socket, services)).toBeNull()
})
