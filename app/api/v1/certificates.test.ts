import { afterAll, describe, expect, test } from 'vitest'
import { TestAuthority } from '@/e2e/fakes/test-authority.ts'
import { publishedSnapshot } from '@/lib/console/testing/published-snapshot.ts'
import { call, closeTestConsoles, startTestConsole } from '@/lib/console/testing/test-console.ts'
import { describeOnBothDatabases } from '@/lib/persistence/testing/test-database.ts'
import * as activity from './workspaces/[workspace]/activity/route.ts'
import * as certificateId from './workspaces/[workspace]/certificates/[id]/route.ts'
import * as preview from './workspaces/[workspace]/certificates/preview/route.ts'
import * as certificates from './workspaces/[workspace]/certificates/route.ts'
import * as domains from './workspaces/[workspace]/domains/route.ts'
import * as tokens from './workspaces/[workspace]/tokens/route.ts'
import * as workspaces from './workspaces/route.ts'

const authority = new TestAuthority()
afterAll(() => authority.close())

const params = { workspace: 'acme' }
const withId = (id: string) => ({ ...params, id })
const leaf = authority.issue({ names: ['api.example.com', '*.example.com'] })
const upload = { name: 'example', chain: authority.chain(leaf), key: leaf.key }

describeOnBothDatabases('certificates', (open) => {
  closeTestConsoles()

  async function start() {
    const database = await open()
    const console_ = await startTestConsole(database)
    for (const name of ['acme', 'other']) await call(workspaces.POST, 'POST', { body: { name } })
    return { ...console_, database: database.database }
  }

  const post = (body: object, token?: string) =>
    call(certificates.POST, 'POST', { params, body, ...(token !== undefined && { token }) })
  const patch = (id: string, body: object) => call(certificateId.PATCH, 'PATCH', { params: withId(id), body })

  test('are previewed without being stored, and stored without ever showing the key', async () => {
    const { database } = await start()
    const { name: _name, ...body } = upload
    const looked = await call(preview.POST, 'POST', { params, body })
    expect(looked).toMatchObject({ status: 200, json: { errors: [], warnings: [] } })
    expect((await call(certificates.GET, 'GET', { params })).json.items).toEqual([])
    const made = await post(upload)
    expect(made).toMatchObject({
      status: 201,
      json: { ...looked.json.facts, name: 'example', source: 'uploaded', installation: false, usedBy: [] },
    })
    const seen = await call(certificateId.GET, 'GET', { params: withId(made.json.id) })
    expect(seen.json).toEqual(made.json)
    const told = await call(activity.GET, 'GET', { params })
    const row = await database.certificate.findUniqueOrThrow({ where: { id: made.json.id } })
    expect(row.keySealed).toMatch(/^s1:/)
    for (const text of [made.text, seen.text, told.text, JSON.stringify(row)]) {
      expect(text).not.toContain('PRIVATE KEY')
    }
  })

  test('with a complaint are refused on its field, the same as in the preview', async () => {
    await start()
    const other = authority.issue({ names: ['b.example.com'] })
    const wrong = { chain: upload.chain, key: other.key }
    const looked = await call(preview.POST, 'POST', { params, body: wrong })
    const refused = await post({ ...wrong, name: 'wrong' })
    expect(refused.status).toBe(422)
    expect(refused.json.invalidFields).toEqual(looked.json.errors)
    expect(refused.json.invalidFields[0]).toMatchObject({ path: 'key', code: 'key_mismatch' })
    expect(refused.text).not.toContain('PRIVATE KEY')
  })

  test('that expire tomorrow are taken with a warning, and refused once they have', async () => {
    const { clock } = await start()
    clock.advance(89 * 86_400_000)
    const { name: _name, ...body } = upload
    const looked = await call(preview.POST, 'POST', { params, body })
    expect(looked.json.warnings).toMatchObject([{ code: 'expires_soon' }])
    expect(looked.json.warnings[0].message).toMatch(/^It expires tomorrow, on /)
    expect((await post(upload)).status).toBe(201)
    clock.advance(2 * 86_400_000)
    expect((await post({ ...upload, name: 'late' })).json.invalidFields[0].code).toBe('expired')
  })

  test('belong to their workspace, and those of the installation to its owners', async () => {
    await start()
    const { id } = (await post(upload)).json
    expect((await post(upload)).json.invalidFields[0]).toMatchObject({ path: 'name', code: 'taken' })
    const elsewhere = await call(certificateId.GET, 'GET', { params: { workspace: 'other', id } })
    expect(elsewhere.status).toBe(404)
    const body = { name: 'tenant', role: 'owner' }
    const { token } = (await call(tokens.POST, 'POST', { params, body })).json
    const refused = await post({ ...upload, name: 'wide', installation: true }, token)
    expect(refused).toMatchObject({ status: 403, json: { code: 'forbidden' } })
    const wide = (await post({ ...upload, name: 'wide', installation: true })).json
    expect(wide).toMatchObject({ installation: true, editable: true })
    const seen = await call(certificateId.GET, 'GET', { params: withId(wide.id), token })
    expect(seen.status).toBe(404)
    expect((await call(certificates.GET, 'GET', { params, token })).json.items).toHaveLength(1)
    expect((await call(certificates.GET, 'GET', { params })).json.items).toHaveLength(2)
  })

  describe('in use', () => {
    async function inUse() {
      const console_ = await start()
      const made = (await post({ ...upload, installation: true })).json
      const body = { gatewayId: 'shared', name: 'api.example.com', certificateId: made.id }
      expect((await call(domains.POST, 'POST', { params, body })).status).toBe(201)
      return { ...console_, id: String(made.id) }
    }

    test('are replaced at once in what nodes run', async () => {
      const { id } = await inUse()
      const before = await publishedSnapshot()
      expect(before?.certificates).toMatchObject([{ id, chain: upload.chain }])
      expect(before?.certificates[0]?.key).toContain('PRIVATE KEY')
      const next = authority.issue({ names: ['api.example.com'] })
      const replaced = await patch(id, { version: 1, chain: authority.chain(next), key: next.key })
      expect(replaced).toMatchObject({ status: 200, json: { version: 2, names: ['api.example.com'] } })
      await expect
        .poll(async () => (await publishedSnapshot())?.certificates[0]?.chain)
        .toBe(authority.chain(next))
    })

    test('must go on covering their names', async () => {
      const { id } = await inUse()
      const next = authority.issue({ names: ['other.example.org'] })
      const refused = await patch(id, { version: 1, chain: authority.chain(next), key: next.key })
      expect(refused.status).toBe(422)
      expect(refused.json.invalidFields[0]).toMatchObject({ path: 'chain', code: 'domains_uncovered' })
      expect(refused.json.detail).toBe(
        'It does not cover api.example.com, which this certificate serves. It covers other.example.org.',
      )
    })

    test('keep the part that is not sent, where the two still match', async () => {
      const { id } = await inUse()
      const other = authority.issue({ names: ['api.example.com'] })
      const refused = await patch(id, { version: 1, chain: authority.chain(other) })
      expect(refused.json.invalidFields[0]).toMatchObject({ path: 'key', code: 'key_mismatch' })
      const same = await patch(id, { version: 1, chain: leaf.cert })
      expect(same).toMatchObject({ status: 200, json: { chainLength: 1 } })
    })

    test('cannot be deleted, and the answer names who uses them', async () => {
      const { id } = await inUse()
      const refused = await call(certificateId.DELETE, 'DELETE', { params: withId(id) })
      expect(refused).toMatchObject({
        status: 409,
        json: { code: 'in_use', current: { users: [{ kind: 'domain', name: 'api.example.com' }] } },
      })
      expect((await patch(id, { version: 7, name: 'renamed' })).json).toMatchObject({
        code: 'version_conflict',
        current: { name: 'example' },
      })
    })
  })
})
