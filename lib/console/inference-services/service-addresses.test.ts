import { expect, test } from 'vitest'
import { gatewayAddress, hostEndpoint, pathEndpoint } from './service-addresses.ts'

const gateway = {
  host: 'gw.example.com',
  baseDomain: 'models.example.com',
  ports: { internet: 80, vpc: 8081 },
}

test('leaves the default port out', () => {
  expect(gatewayAddress(gateway, 'internet')).toBe('http://gw.example.com')
  expect(gatewayAddress({ ...gateway, ports: { internet: 443, vpc: 1 } }, 'internet')).toBe(
    'https://gw.example.com',
  )
})

test('prints the path form and the host form of a side', () => {
  expect(pathEndpoint(gateway, 'vpc', 'qwen_7b')).toBe('http://gw.example.com:8081/api/predict/qwen_7b')
  expect(hostEndpoint(gateway, 'vpc', 'qwen_7b')).toBe('http://qwen-7b.models.example.com:8081')
})
