import { expect, test } from 'vitest'
import {
  answeredHosts,
  authoritativeZone,
  cnameTargets,
  hostFormHosts,
  printedHosts,
} from './gateway-names.ts'

const shared = { name: 'shared', type: 'shared' } as const
const edge = { name: 'edge', type: 'managed' } as const
const named = { gatewayHost: 'gw.example.com', baseDomain: 'models.example.com' }
const unnamed = { gatewayHost: 'localhost', baseDomain: null }

test('a base domain gives a dedicated gateway a name for each side', () => {
  expect(printedHosts(edge, named)).toEqual({
    internet: 'gw-edge.models.example.com',
    vpc: 'gw-edge-vpc.models.example.com',
  })
  expect(hostFormHosts(edge, named)).toEqual(printedHosts(edge, named))
  expect(cnameTargets(edge, named)).toEqual({
    public: 'gw-edge.models.example.com',
    private: 'gw-edge-vpc.models.example.com',
  })
})

test('without one its port tells it apart, and no CNAME can lead to it', () => {
  expect(printedHosts(edge, unnamed)).toEqual({ internet: 'localhost', vpc: 'localhost' })
  expect(cnameTargets(edge, unnamed)).toEqual({ public: null, private: null })
  expect(authoritativeZone(edge, unnamed)).toBe('gw-edge-vpc.localhost')
})

test('the shared gateway is printed with the gateway host, its host forms below the base domain', () => {
  expect(printedHosts(shared, named)).toEqual({ internet: 'gw.example.com', vpc: 'gw.example.com' })
  expect(hostFormHosts(shared, named).internet).toBe('models.example.com')
})

test('host forms are answered below every name of the gateway, the zone included', () => {
  expect(answeredHosts(edge, unnamed)).toEqual({
    internet: ['gw-edge.localhost', 'localhost'],
    vpc: ['gw-edge-vpc.localhost', 'localhost'],
  })
  expect(answeredHosts(edge, named).vpc).toContain(authoritativeZone(edge, named))
  expect(answeredHosts(shared, named).vpc).toContain('vpc.models.example.com')
})
