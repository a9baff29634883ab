import { expect, test } from 'vitest'
import { discoverySnippet, listenerSnippet, nacosSnippet, probeSnippet } from './ways-past-the-gateway.ts'

test('discovery is one address', () => {
  expect(discoverySnippet('http://localhost:8081/api/v1/servicediscovery/upstreams/qwen_7b')).toBe(
    'curl http://localhost:8081/api/v1/servicediscovery/upstreams/qwen_7b',
  )
})

test('a call through a listener is the call that the instance itself takes', () => {
  const input = { apiType: 'openai-chat', body: { prompt: "it's" } } as const
  const snippet = listenerSnippet(
    'localhost:8107',
    'https://10.0.0.5:8000/base/',
    '/v1/chat/completions',
    input,
  )
  expect(snippet).toContain('curl https://localhost:8107/base/v1/chat/completions \\')
  expect(snippet).toContain("-H 'Content-Type: application/json'")
  expect(snippet).toContain(`it'\\''s`)
  expect(snippet).not.toContain('Authorization')
  expect(listenerSnippet('h:1', 'http://10.0.0.5:8000', '/x', input)).toContain('curl http://h:1/x ')
})

test('a probe names host and port', () => {
  expect(probeSnippet('localhost:8107')).toBe('nc -vz localhost 8107')
  expect(probeSnippet('[::1]:8107')).toBe('nc -vz ::1 8107')
})

test('a Nacos query names service, group and a namespace that is not public', () => {
  const query = { server: 'http://nacos:8848/', group: 'G', serviceName: 'qwen_7b' }
  expect(nacosSnippet({ ...query, namespace: '' })).toBe(
    "curl 'http://nacos:8848/nacos/v1/ns/instance/list?serviceName=qwen_7b&groupName=G&healthyOnly=true'",
  )
  expect(nacosSnippet({ ...query, namespace: 'dev' })).toContain('&namespaceId=dev')
})
