import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { appErrors } from '@/lib/domain/error.ts'
import { gatewayErrors } from '@/lib/gateway/error.ts'

const [gatewayPart = '', consolePart = ''] = readFileSync('docs/failure-modes.md', 'utf8').split('## Console')

function rows(part: string): Record<string, number> {
  const found = part.matchAll(/`(\w+)` \| (\d{3}) \|/g)
  return Object.fromEntries([...found].map(([, code, status]) => [code, Number(status)]))
}

function statuses(table: Record<string, { readonly status: number }>): Record<string, number> {
  return Object.fromEntries(Object.entries(table).map(([code, { status }]) => [code, status]))
}

test('every gateway error has its row with its status, and no row is left over', () => {
  expect(rows(gatewayPart)).toEqual(statuses(gatewayErrors))
})

test('every console error has its row with its status, and no row is left over', () => {
  expect(rows(consolePart)).toEqual(statuses(appErrors))
})
