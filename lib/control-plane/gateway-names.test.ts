import { describe, expect, test } from 'vitest'
import { authoritativeName, cnameOf, gatewayHost, gatewayHosts, hostFormParent } from './gateway-names.ts'
import { testPlace } from './testing/test-place.ts'

const withDomain = { ...testPlace, baseDomain: 'ai.example.com' }
const shared = { name: 'shared', type: 'shared', internetEnabled: true, vpcEnabled: true } as const
const edge = { name: 'edge', type: 'managed', internetEnabled: true, vpcEnabled: true } as const

describe('the names of a dedicated gateway', () => {
  test('are its own where the installation has a domain', () => {
    expect(gatewayHost(withDomain, edge, 'internet')).toBe('gw-edge.ai.example.com')
    expect(gatewayHosts(withDomain, edge)).toEqual({
      internet: ['gw-edge.ai.example.com'],
      vpc: ['gw-edge-vpc.ai.example.com'],
    })
    expect(cnameOf(withDomain, edge, 'vpc')).toBe('gw-edge-vpc.ai.example.com')
  })

  test('are the gateway host, told apart by port, where it has none', () => {
    expect(gatewayHost(testPlace, edge, 'vpc')).toBe('localhost')
    expect(hostFormParent(testPlace, edge, 'internet')).toBe('localhost')
    expect(gatewayHosts(testPlace, edge)).toEqual({
      internet: ['localhost'],
      vpc: ['localhost', 'gw-edge-vpc.localhost'],
    })
    expect(cnameOf(testPlace, edge, 'internet')).toBeNull()
    expect(authoritativeName(testPlace, 'edge')).toBe('gw-edge-vpc.localhost')
  })

  test('are none on a side that is off', () => {
    expect(gatewayHosts(withDomain, { ...edge, internetEnabled: false }).internet).toEqual([])
    expect(gatewayHosts(withDomain, { ...edge, vpcEnabled: false }).vpc).toEqual([])
  })
})

test('the shared gateway answers to its host and to the domain, on the VPC side also below vpc', () => {
  expect(gatewayHosts(withDomain, shared)).toEqual({
    internet: ['localhost', 'ai.example.com'],
    vpc: ['localhost', 'ai.example.com', 'vpc.localhost', 'vpc.ai.example.com'],
  })
  expect(hostFormParent(withDomain, shared, 'internet')).toBe('ai.example.com')
  expect(cnameOf(withDomain, shared, 'internet')).toBe('ai.example.com')
  expect(cnameOf(withDomain, shared, 'vpc')).toBe('vpc.ai.example.com')
})
