import { expect, test } from 'vitest'
import type { Session } from '@/lib/domain/account.ts'
import { sessionMay } from './use-may.ts'

const session: Session = {
  user: {
    id: 'usr_1',
    name: 'Ada',
    email: 'ada@example.com',
    installationRole: null,
    preferences: {
      locale: null,
      theme: 'system',
      density: 'comfortable',
      timeZone: null,
      singleKeyShortcuts: true,
    },
  },
  workspaces: [{ id: 'ws_1', name: 'acme', displayName: 'Acme', role: 'viewer' }],
  version: '1',
}

test('a viewer may look, by id or by name, and nothing more', () => {
  expect(sessionMay(session, 'acme', 'inference-services.read')).toBe(true)
  expect(sessionMay(session, 'ws_1', 'inference-services.read')).toBe(true)
  expect(sessionMay(session, 'acme', 'inference-services.reveal-token')).toBe(false)
})

test('a stranger may nothing, an owner of the installation everything', () => {
  expect(sessionMay(session, 'other', 'workspace.read')).toBe(false)
  const owner: Session = { ...session, user: { ...session.user, installationRole: 'owner' } }
  expect(sessionMay(owner, 'other', 'workspace.delete')).toBe(true)
})
