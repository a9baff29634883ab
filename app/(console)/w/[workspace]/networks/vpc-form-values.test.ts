import { expect, test } from 'vitest'
import { vpcFieldOf, vpcFormOf, vpcFormValues, vpcInputOf } from './vpc-form-values.ts'

const complaints = (name: string, ...blocks: string[]) =>
  vpcFormValues
    .safeParse({ name, blocks: blocks.map((cidr) => ({ cidr })) })
    .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)

test('puts what is wrong with a block on its row', () => {
  expect(complaints('core', '10.0.0.0/8', '172.16.2.3/16', 'x', '10.2.0.0/16')).toEqual([
    'blocks.1.cidr: This has host bits set; write 172.16.0.0/16.',
    'blocks.2.cidr: Write an address block such as 10.0.0.0/8.',
    'blocks.3.cidr: This overlaps 10.0.0.0/8. Blocks of a VPC must not overlap.',
  ])
  expect(complaints('Core')).toEqual([
    expect.stringMatching(/^name: Start with/),
    'blocks: Give at least one block.',
  ])
})

test('gives the API what it takes, and takes what it gives', () => {
  const vpc = { name: 'core', cidrs: ['10.0.0.0/8', 'fd00::/48'] }
  expect(vpcInputOf(vpcFormOf(vpc))).toEqual(vpc)
})

test('finds the row that the API means', () => {
  expect(['cidrs', 'cidrs.3', 'name'].map(vpcFieldOf)).toEqual(['blocks', 'blocks.3.cidr', 'name'])
})
