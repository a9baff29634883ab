import { expect, test } from 'vitest'
import { mayRole, type Permission, permissions, roles } from './role.ts'

test('a stronger role may do everything that a weaker one may', () => {
  for (const permission of Object.keys(permissions) as Permission[]) {
    const allowed = roles.map((role) => mayRole(role, permission))
    expect(allowed, permission).toEqual([...allowed].sort((left, right) => Number(right) - Number(left)))
  }
})

test('viewers neither write nor see secrets', () => {
  const viewers = (Object.keys(permissions) as Permission[]).filter((permission) =>
    mayRole('viewer', permission),
  )
  expect(viewers.every((permission) => permission.endsWith('.read'))).toBe(true)
  expect(viewers).not.toContain('api-tokens.read')
})
