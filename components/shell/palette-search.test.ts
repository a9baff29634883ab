import { expect, test } from 'vitest'
import { matchScore, searchActions } from './palette-search.ts'
import type { ShellAction } from './shell-actions.ts'

const actions: ShellAction[] = [
  { id: 'theme', group: 'preferences', label: 'Theme: Dark' },
  { id: 'services', group: 'goTo', label: 'Inference services', keywords: '推理服务 tlfw' },
  { id: 'gateways', group: 'goTo', label: 'Inference gateways', keywords: '推理网关 tlwg' },
  { id: 'edit', group: 'page', label: 'Update service' },
  { id: 'svc', group: 'find', label: 'chat-prod', detail: 'svc_8f2k' },
]
const found = (query: string) =>
  searchActions(actions, query).flatMap(({ items }) => items.map(({ id }) => id))

test('shows everything, page first, before anything is typed', () => {
  expect(found('')).toEqual(['edit', 'services', 'gateways', 'svc', 'theme'])
})

test.each([
  ['gatew', ['gateways']],
  ['推理网', ['gateways']],
  ['tlfw', ['services']],
  ['svc_8f', ['svc']],
  ['infgtw', ['gateways']],
  ['prod', ['svc']],
  ['zzz', []],
])('"%s" finds %j', (query, ids) => {
  expect(found(query)).toEqual(ids)
})

test('prefers whole beginnings to letters scattered over a name', () => {
  expect(matchScore('gateways', 'gate')).toBeGreaterThan(matchScore('my-gateways', 'gate'))
  expect(matchScore('my-gateways', 'gate')).toBeGreaterThan(matchScore('great attempts', 'gate'))
})
