import { expect, test } from 'vitest'
import { createSecurityGroupInput } from '@/lib/domain/network.ts'
import { fieldOf, groupValues, readPorts, rulesOf, valuesOf, writePorts } from './rule-values.ts'

test.each([
  ['8000', { portFrom: 8000, portTo: 8000 }],
  ['8000-8100', { portFrom: 8000, portTo: 8100 }],
  [' 8000 – 8100 ', { portFrom: 8000, portTo: 8100 }],
  ['', { portFrom: 1, portTo: 65_535 }],
  ['1-65535', { portFrom: 1, portTo: 65_535 }],
  ['8100-8000', null],
  ['0', null],
  ['65536', null],
  ['8000,8001', null],
  ['http', null],
  ['-1', null],
])('reads the ports %j', (text, expected) => {
  expect(readPorts(text)).toEqual(expected)
})

test('writes ports as they are read', () => {
  for (const text of ['', '8000', '8000-8100']) {
    const ports = readPorts(text)
    expect(ports && writePorts(ports)).toBe(text)
  }
})

const rules = createSecurityGroupInput.parse({
  name: 'models',
  rules: [
    {
      direction: 'inbound',
      protocol: 'tcp',
      portFrom: 8000,
      portTo: 8000,
      cidr: '10.0.0.0/8',
      action: 'allow',
    },
    { direction: 'outbound', protocol: 'any', cidr: '0.0.0.0/0', action: 'deny' },
    { direction: 'inbound', protocol: 'tcp', portFrom: 1, portTo: 1024, cidr: 'fd00::/8', action: 'deny' },
  ],
}).rules

test('keeps the order within a direction, and everything that a rule says', () => {
  const values = valuesOf({ name: 'models', rules })
  expect(values.inbound.map(({ ports }) => ports)).toEqual(['8000', '1-1024'])
  expect(rulesOf(values)).toEqual([rules[0], rules[2], rules[1]])
})

test('complains about each input of a row', () => {
  const row = { protocol: 'tcp', ports: '9-1', cidr: '10.0.0.1/8', action: 'allow' }
  const { error } = groupValues.safeParse({ name: 'models', inbound: [], outbound: [row] })
  expect(error?.issues.map(({ path }) => path.join('.'))).toEqual(['outbound.0.ports', 'outbound.0.cidr'])
})

test('finds the input that the API complains about', () => {
  const values = valuesOf({ name: 'models', rules })
  const field = (path: string) => fieldOf(path, values)
  expect(['rules.1.cidr', 'rules.2.portTo', 'rules.2', 'rules', 'name'].map(field)).toEqual([
    'inbound.1.cidr',
    'outbound.0.ports',
    'outbound.0.cidr',
    'inbound',
    'name',
  ])
})
