import { describe, expect, test } from 'vitest'
import {
  createSecurityGroupInput,
  createVpcInput,
  unsupportedZoneMessage,
  vswitchComplaint,
} from './network.ts'

const messagesOf = (reading: { error?: { issues: { message: string }[] } | undefined }) =>
  reading.error?.issues.map(({ message }) => message)

describe('a VPC', () => {
  test('has blocks that do not overlap', () => {
    expect(createVpcInput.parse({ name: 'core', cidrs: ['10.0.0.0/16', '10.1.0.0/16'] }).cidrs).toHaveLength(
      2,
    )
    expect(
      messagesOf(createVpcInput.safeParse({ name: 'core', cidrs: ['10.0.0.0/8', '10.1.0.0/16'] })),
    ).toEqual(['This overlaps 10.0.0.0/8. Blocks of a VPC must not overlap.'])
  })

  test('refuses host bits with the block that was meant', () => {
    const reading = createVpcInput.safeParse({ name: 'core', cidrs: ['10.0.0.1/8'] })
    expect(messagesOf(reading)).toEqual(['This has host bits set; write 10.0.0.0/8.'])
    expect(reading.error?.issues[0]).toMatchObject({ params: { suggestion: '10.0.0.0/8' } })
  })

  test('needs a block', () => {
    expect(messagesOf(createVpcInput.safeParse({ name: 'core', cidrs: [] }))).toEqual([
      'Give at least one block.',
    ])
  })
})

describe('a vSwitch', () => {
  const vpc = ['10.0.0.0/16', 'fd00::/56']
  const siblings = [{ name: 'front', cidr: '10.0.1.0/24' }]

  test('lies in its VPC and beside its siblings', () => {
    expect(vswitchComplaint('10.0.2.0/24', vpc, siblings)).toBeNull()
    expect(vswitchComplaint('fd00:0:0:1::/64', vpc, siblings)).toBeNull()
    expect(vswitchComplaint('10.1.0.0/24', vpc, siblings)).toBe(
      '10.1.0.0/24 is not inside the VPC: 10.0.0.0/16, fd00::/56.',
    )
    expect(vswitchComplaint('10.0.0.0/15', vpc, siblings)).toMatch('not inside')
    expect(vswitchComplaint('10.0.1.128/25', vpc, siblings)).toBe(
      '10.0.1.128/25 overlaps vSwitch front (10.0.1.0/24).',
    )
  })

  test('in a zone without gateways is refused in the words that people know', () => {
    expect(unsupportedZoneMessage('vsw_1', 'local-d', ['local-a', 'local-b'])).toBe(
      'vSwitch vsw_1 in zone local-d is not supported, supported zones: [local-a local-b]',
    )
  })
})

describe('a security group', () => {
  const rule = { direction: 'inbound', protocol: 'tcp', cidr: '10.0.0.0/8', action: 'allow' } as const

  test('takes all ports unless told which', () => {
    expect(createSecurityGroupInput.parse({ name: 'web', rules: [rule] }).rules[0]).toMatchObject({
      portFrom: 1,
      portTo: 65_535,
    })
  })

  test('refuses a range that ends before it begins', () => {
    const reading = createSecurityGroupInput.safeParse({
      name: 'web',
      rules: [{ ...rule, portFrom: 9000, portTo: 8000 }],
    })
    expect(reading.error?.issues[0]).toMatchObject({
      path: ['rules', 0, 'portTo'],
      message: 'The last port must not be below the first.',
    })
  })
})
