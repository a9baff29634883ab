import { describe, expect, test } from 'vitest'
import {
  adminEmail,
  adminPassword,
  call,
  closeTestConsoles,
  cookieOf,
  startTestConsole,
} from '@/lib/console/testing/test-console.ts'
import { describeOnBothDatabases } from '@/lib/persistence/testing/test-database.ts'
import * as accept from './invitations/accept/route.ts'
import * as session from './session/route.ts'
import * as settings from './settings/route.ts'
import * as signIn from './sign-in/route.ts'
import * as restore from './workspaces/[workspace]/gateways/[gateway]/revisions/[number]/restore/route.ts'
import * as revisions from './workspaces/[workspace]/gateways/[gateway]/revisions/route.ts'
import * as gateway from './workspaces/[workspace]/gateways/[gateway]/route.ts'
import * as service from './workspaces/[workspace]/inference-services/[id]/route.ts'
import * as services from './workspaces/[workspace]/inference-services/route.ts'
import * as invitations from './workspaces/[workspace]/invitations/route.ts'
import * as member from './workspaces/[workspace]/members/[id]/route.ts'
import * as members from './workspaces/[workspace]/members/route.ts'
import * as workspace from './workspaces/[workspace]/route.ts'
import * as tokens from './workspaces/[workspace]/tokens/route.ts'
import * as workspaces from './workspaces/route.ts'

const params = { workspace: 'acme' }
const shared = { ...params, gateway: 'shared' }
const input = { name: 'qwen_7b', instances: [{ url: 'http://10.0.0.5:8000' }] }

describeOnBothDatabases('workspaces', (open) => {
  closeTestConsoles()

  async function start() {
    const console_ = await startTestConsole(await open())
    const body = { email: adminEmail, password: adminPassword }
    const owner = cookieOf(await call(signIn.POST, 'POST', { token: null, body }))
    const made = await call(workspaces.POST, 'POST', { cookie: owner, body: { name: 'acme' } })
    expect(made.status).toBe(201)
    return { ...console_, owner }
  }

  async function join(role: string, email = `${role}@example.com`) {
    const invited = await call(invitations.POST, 'POST', { params, body: { emails: [email], role } })
    const token = new URL(invited.json.items[0].url).searchParams.get('token')
    const body = { token, name: role, password: 'a long enough password' }
    const joined = await call(accept.POST, 'POST', { token: null, body })
    return { invited, joined, body, cookie: cookieOf(joined) }
  }

  describe('members', () => {
    test('a link lets one person in, once', async () => {
      await start()
      const { joined, body, cookie } = await join('developer')
      expect(joined).toMatchObject({
        status: 200,
        json: { workspaces: [{ name: 'acme', role: 'developer' }] },
      })
      expect((await call(session.GET, 'GET', { cookie })).status).toBe(200)
      expect((await call(accept.POST, 'POST', { token: null, body })).status).toBe(404)
      expect((await call(invitations.GET, 'GET', { params })).json.items).toEqual([])
    })

    test('a link to an account that exists needs its password', async () => {
      await start()
      await join('viewer', 'them@example.com')
      await call(workspaces.POST, 'POST', { body: { name: 'other' } })
      const other = { workspace: 'other' }
      const body = { emails: ['them@example.com'] }
      const invited = await call(invitations.POST, 'POST', { params: other, body })
      const token = new URL(invited.json.items[0].url).searchParams.get('token')
      const wrong = { token, name: 'x', password: 'not their password' }
      expect((await call(accept.POST, 'POST', { token: null, body: wrong })).status).toBe(401)
      const right = { ...wrong, password: 'a long enough password' }
      const joined = await call(accept.POST, 'POST', { token: null, body: right })
      expect(joined.json.workspaces).toHaveLength(2)
    })

    test('links end after seven days', async () => {
      const { clock } = await start()
      const invited = await call(invitations.POST, 'POST', { params, body: { emails: ['x@example.com'] } })
      const token = new URL(invited.json.items[0].url).searchParams.get('token') ?? ''
      expect((await call(accept.GET, 'GET', { token: null, query: { token } })).status).toBe(200)
      clock.advance(7 * 86_400_000 + 1)
      expect((await call(accept.GET, 'GET', { token: null, query: { token } })).status).toBe(404)
    })

    test('the last owner can be neither demoted nor removed', async () => {
      const { owner: cookie } = await start()
      const [only] = (await call(members.GET, 'GET', { params, cookie })).json.items
      const id = { ...params, id: only.id }
      const demoted = await call(member.PATCH, 'PATCH', {
        params: id,
        cookie,
        body: { version: 1, role: 'admin' },
      })
      expect(demoted).toMatchObject({ status: 409, json: { code: 'conflict' } })
      expect((await call(member.DELETE, 'DELETE', { params: id, cookie })).status).toBe(409)
    })

    test.each([
      ['viewer', 403, 403, 403],
      ['developer', 201, 403, 403],
      ['admin', 201, 201, 403],
    ])('a %s gets %i deploying, %i making tokens, %i inviting', async (role, deploy, token, invite) => {
      await start()
      const { cookie } = await join(role)
      const post = async (route: typeof services, body: unknown) =>
        (await call(route.POST, 'POST', { params, cookie, body })).status
      expect(await post(services, input)).toBe(deploy)
      expect(await post(tokens, { name: 't', role: 'viewer' })).toBe(token)
      expect(await post(invitations, { emails: ['y@example.com'] })).toBe(invite)
      const change = { version: 1, limits: { requestMs: 5000 } }
      const shared_ = await call(gateway.PATCH, 'PATCH', { params: shared, cookie, body: change })
      expect(shared_.status).toBe(403)
    })
  })

  describe('the workspace itself', () => {
    test('cannot go while it has services, and takes its name in words', async () => {
      await start()
      const { json } = await call(services.POST, 'POST', { params, body: input })
      const query = { confirm: 'acme' }
      const refused = await call(workspace.DELETE, 'DELETE', { params, query })
      expect(refused).toMatchObject({ status: 409, json: { code: 'in_use' } })
      const id = { ...params, id: json.id }
      await call(service.DELETE, 'DELETE', { params: id, query: { confirm: json.name } })
      expect((await call(workspace.DELETE, 'DELETE', { params })).status).toBe(422)
      expect((await call(workspace.DELETE, 'DELETE', { params, query })).status).toBe(204)
      expect((await call(workspace.GET, 'GET', { params })).status).toBe(404)
    })

    test('a taken name is a conflict on its field', async () => {
      await start()
      const again = await call(workspaces.POST, 'POST', { body: { name: 'acme' } })
      expect(again).toMatchObject({ status: 409, json: { invalidFields: [{ path: 'name' }] } })
    })
  })

  describe('API tokens', () => {
    test('act with their role in their workspace until they expire', async () => {
      const { clock } = await start()
      const body = { name: 'ci', role: 'viewer', expiresInDays: 7 }
      const made = await call(tokens.POST, 'POST', { params, body })
      const { token } = made.json
      expect(token).toMatch(/^sw_[A-Za-z0-9]{40}$/)
      expect((await call(workspace.GET, 'GET', { params, token })).json.role).toBe('viewer')
      expect((await call(services.POST, 'POST', { params, token, body: input })).status).toBe(403)
      expect((await call(settings.GET, 'GET', { token })).status).toBe(403)
      const [listed] = (await call(tokens.GET, 'GET', { params })).json.items
      expect(listed).toMatchObject({ token: null, hint: token.slice(-4) })
      expect(listed.lastUsedAt).not.toBeNull()
      clock.advance(7 * 86_400_000 + 1)
      expect((await call(workspace.GET, 'GET', { params, token })).status).toBe(401)
    })
  })

  describe('revisions', () => {
    test('every save makes one, and any of them can be brought back', async () => {
      await start()
      const { json: made } = await call(services.POST, 'POST', { params, body: input })
      const id = { ...params, id: made.id }
      const changed = { version: 1, description: 'changed', instances: [{ url: 'http://10.0.0.9:1' }] }
      await call(service.PATCH, 'PATCH', { params: id, body: changed })
      await call(service.DELETE, 'DELETE', { params: id, query: { confirm: made.name } })
      await call(gateway.PATCH, 'PATCH', {
        params: shared,
        body: { version: 1, limits: { requestMs: 5000 } },
      })
      const list = await call(revisions.GET, 'GET', { params: shared })
      const operations = list.json.items.map(
        (item: { changes: { kind: string; operation: string }[] }) =>
          `${item.changes[0]?.kind} ${item.changes[0]?.operation}`,
      )
      expect(operations).toEqual([
        'gateway updated',
        'inference-service deleted',
        'inference-service updated',
        'inference-service created',
      ])
      const number = String(list.json.items.at(-1).number)
      const past = { ...shared, number }
      const preview = await call(restore.GET, 'GET', { params: past })
      expect(preview.json.changes).toMatchObject([
        { kind: 'gateway', operation: 'updated' },
        { kind: 'inference-service', operation: 'created' },
      ])
      const stale = await call(restore.POST, 'POST', { params: past, body: { basedOn: 2 } })
      expect(stale).toMatchObject({ status: 409, json: { code: 'version_conflict' } })
      const basedOn = list.json.items[0].number
      const restored = await call(restore.POST, 'POST', { params: past, body: { basedOn } })
      expect(restored).toMatchObject({
        status: 200,
        json: { number: basedOn + 1, restoredFrom: Number(number) },
      })
      expect((await call(service.GET, 'GET', { params: id })).json).toMatchObject({
        name: made.name,
        description: '',
        instances: [{ url: 'http://10.0.0.5:8000' }],
      })
      expect((await call(gateway.GET, 'GET', { params: shared })).json.limits.requestMs).toBe(600_000)
      const again = await call(restore.POST, 'POST', { params: past, body: { basedOn: basedOn + 1 } })
      expect(again).toMatchObject({ status: 409, json: { code: 'conflict' } })
    })

    test('a tenant sees and restores its own part of a shared gateway', async () => {
      await start()
      await call(workspaces.POST, 'POST', { body: { name: 'other' } })
      const { cookie } = await join('admin')
      await call(services.POST, 'POST', { params, cookie, body: input })
      const theirs = { workspace: 'other' }
      await call(services.POST, 'POST', { params: theirs, body: { ...input, name: 'theirs' } })
      const mine = await call(revisions.GET, 'GET', { params: shared, cookie })
      expect(mine.text).not.toContain('theirs')
      expect(mine.json.items).toHaveLength(1)
      const body = { version: 1, description: 'changed' }
      await call(service.PATCH, 'PATCH', { params: { ...params, id: 'qwen_7b' }, cookie, body })
      const { revision } = (await call(gateway.GET, 'GET', { params: shared })).json
      const past = { ...shared, number: String(mine.json.items[0].number) }
      const restored = await call(restore.POST, 'POST', { params: past, cookie, body: { basedOn: revision } })
      expect(restored.status).toBe(200)
      expect((await call(services.GET, 'GET', { params: theirs })).json.items).toHaveLength(1)
      expect(
        (await call(service.GET, 'GET', { params: { ...params, id: 'qwen_7b' } })).json.description,
      ).toBe('')
    })
  })

  describe('settings', () => {
    test('of the installation carry a version', async () => {
      await start()
      const body = { version: 1, region: 'eu-1' }
      expect((await call(settings.PATCH, 'PATCH', { body })).json).toMatchObject({
        region: 'eu-1',
        version: 2,
      })
      expect(await call(settings.PATCH, 'PATCH', { body })).toMatchObject({
        status: 409,
        json: { current: { region: 'eu-1' } },
      })
    })
  })
})
