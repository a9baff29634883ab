import { describe, expect, test } from 'vitest'
import { countSignInAttempt } from '@/lib/console/accounts/sign-in-attempts.ts'
import {
  adminEmail,
  adminPassword,
  call,
  closeTestConsoles,
  cookieOf,
  startTestConsole,
} from '@/lib/console/testing/test-console.ts'
import { describeOnBothDatabases } from '@/lib/persistence/testing/test-database.ts'
import * as password from './account/password/route.ts'
import * as account from './account/route.ts'
import * as sessions from './account/sessions/route.ts'
import * as session from './session/route.ts'
import * as setup from './setup/route.ts'
import * as signIn from './sign-in/route.ts'
import * as signOut from './sign-out/route.ts'
import * as workspaces from './workspaces/route.ts'

const correct = { email: adminEmail, password: adminPassword }

describeOnBothDatabases('accounts', (open) => {
  closeTestConsoles()

  async function signedIn() {
    const console_ = await startTestConsole(await open())
    const answer = await call(signIn.POST, 'POST', { token: null, body: correct })
    expect(answer.status).toBe(200)
    return { ...console_, answer, cookie: cookieOf(answer) }
  }

  describe('the setup link', () => {
    const owner = { name: 'Ada', email: 'ADA@example.com', password: 'a long enough password' }

    test('makes the first owner and a workspace, signs in, and works once', async () => {
      const { setupUrl } = await startTestConsole(await open(), {})
      const token = new URL(String(setupUrl)).searchParams.get('token') ?? ''
      expect(await call(setup.GET, 'GET', { token: null, query: { token } })).toMatchObject({
        status: 200,
        json: { open: true },
      })
      const body = { ...owner, token, workspace: { name: 'acme' } }
      const made = await call(setup.POST, 'POST', { token: null, body })
      expect(made).toMatchObject({
        status: 200,
        json: {
          user: { email: 'ada@example.com', installationRole: 'owner' },
          workspaces: [{ name: 'acme', role: 'owner' }],
        },
      })
      const cookie = cookieOf(made)
      expect(await call(session.GET, 'GET', { cookie })).toMatchObject({ status: 200, json: made.json })
      expect(await call(setup.POST, 'POST', { token: null, body })).toMatchObject({
        status: 410,
        json: { code: 'setup_closed' },
      })
    })

    test('is closed for wrong and expired tokens alike', async () => {
      const { setupUrl, clock } = await startTestConsole(await open(), {})
      const token = new URL(String(setupUrl)).searchParams.get('token') ?? ''
      const wrong = await call(setup.GET, 'GET', { token: null, query: { token: 'x'.repeat(40) } })
      clock.advance(86_400_001)
      const expired = await call(setup.GET, 'GET', { token: null, query: { token } })
      expect([wrong.status, expired.status]).toEqual([410, 410])
      expect({ ...wrong.json, requestId: '' }).toEqual({ ...expired.json, requestId: '' })
    })

    test('is not made where there is an owner', async () => {
      expect((await startTestConsole(await open())).setupUrl).toBeNull()
    })
  })

  describe('200', () => {
    test('the cookie is HttpOnly and SameSite=Lax and lasts a week', async () => {
      const { answer } = await signedIn()
      const line = answer.headers.getSetCookie().find((cookie) => cookie.startsWith('switchyard.session='))
      expect(line).toMatch(/HttpOnly/i)
      expect(line).toMatch(/SameSite=Lax/i)
      expect(line).toMatch(/Max-Age=604800/i)
      expect(line).not.toMatch(/Secure/i)
    })

    test('without "remember" the cookie ends with the browser', async () => {
      await startTestConsole(await open())
      const answer = await call(signIn.POST, 'POST', { token: null, body: { ...correct, remember: false } })
      const line = answer.headers.getSetCookie().find((cookie) => cookie.startsWith('switchyard.session='))
      expect(line).not.toMatch(/Max-Age|Expires/i)
    })

    test('under https the cookie is Secure and bound to the host', async () => {
      await startTestConsole(await open(), {
        SWITCHYARD_ADMIN_EMAIL: adminEmail,
        SWITCHYARD_ADMIN_PASSWORD: adminPassword,
        SWITCHYARD_PUBLIC_URL: 'https://console.example.com',
      })
      const answer = await call(signIn.POST, 'POST', { token: null, body: correct })
      const line = answer.headers.getSetCookie().find((cookie) => cookie.includes('switchyard.session='))
      expect(line).toMatch(/^__Host-switchyard\.session=.*Path=\/.*Secure/i)
    })

    test('preferences are kept', async () => {
      const { cookie } = await signedIn()
      const body = { name: 'Grace', preferences: { locale: 'zh-CN', theme: 'dark' } }
      const changed = await call(account.PATCH, 'PATCH', { cookie, body })
      expect(changed.json.user).toMatchObject({
        name: 'Grace',
        preferences: { locale: 'zh-CN', theme: 'dark', density: 'comfortable' },
      })
    })

    test('signing out ends the session', async () => {
      const { cookie } = await signedIn()
      expect((await call(signOut.POST, 'POST', { cookie })).status).toBe(204)
      expect((await call(session.GET, 'GET', { cookie })).status).toBe(401)
    })

    test('a new password ends the other sessions and only those', async () => {
      const { cookie } = await signedIn()
      const other = cookieOf(await call(signIn.POST, 'POST', { token: null, body: correct }))
      expect((await call(sessions.GET, 'GET', { cookie })).json.items).toHaveLength(2)
      const body = { currentPassword: adminPassword, newPassword: 'another long password' }
      expect((await call(password.POST, 'POST', { cookie, body })).status).toBe(204)
      expect((await call(session.GET, 'GET', { cookie })).status).toBe(200)
      expect((await call(session.GET, 'GET', { cookie: other })).status).toBe(401)
      expect((await call(signIn.POST, 'POST', { token: null, body: correct })).status).toBe(401)
    })
  })

  describe('401', () => {
    test('an unknown email and a wrong password get the same answer', async () => {
      await startTestConsole(await open())
      const wrong = { ...correct, password: 'not the password' }
      const unknown = { ...wrong, email: 'nobody@example.com' }
      const answers = [
        await call(signIn.POST, 'POST', { token: null, body: wrong }),
        await call(signIn.POST, 'POST', { token: null, body: unknown }),
      ]
      const [first, second] = answers.map(({ status, json }) => ({ status, ...json, requestId: '' }))
      expect(first).toEqual(second)
      expect(first).toMatchObject({ status: 401, detail: 'Email or password is wrong.' })
    })

    test('without a cookie there is no session, and a wrong API token is no one', async () => {
      await startTestConsole(await open())
      expect((await call(session.GET, 'GET', { token: null })).status).toBe(401)
      expect((await call(session.GET, 'GET', { token: 'sw_wrong' })).status).toBe(401)
    })
  })

  describe('403', () => {
    test('a page of another site cannot use the cookie', async () => {
      const { cookie } = await signedIn()
      const body = { name: 'stolen' }
      for (const headers of [
        { origin: 'https://evil.example' },
        { origin: 'null' },
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
      ]) {
        const answer = await call(workspaces.POST, 'POST', { cookie, body, headers })
        expect(answer).toMatchObject({ status: 403, json: { code: 'cross_site_request' } })
      }
      const answer = await call(signIn.POST, 'POST', {
        token: null,
        body: correct,
        headers: { origin: 'https://evil.example' },
      })
      expect(answer.status).toBe(403)
    })

    test('an API token has no account', async () => {
      await startTestConsole(await open())
      expect((await call(account.PATCH, 'PATCH', { body: {} })).status).toBe(403)
    })
  })

  describe('422', () => {
    test('the current password must be right', async () => {
      const { cookie } = await signedIn()
      const body = { currentPassword: 'wrong', newPassword: 'another long password' }
      const answer = await call(password.POST, 'POST', { cookie, body })
      expect(answer).toMatchObject({ status: 422, json: { invalidFields: [{ path: 'currentPassword' }] } })
    })
  })

  describe('429', () => {
    test('guessing one password is slowed down, also with the right one, until the window ends', async () => {
      const { clock } = await startTestConsole(await open())
      const body = { ...correct, password: 'not the password' }
      const statuses: number[] = []
      for (let attempt = 0; attempt < 9; attempt++) {
        statuses.push((await call(signIn.POST, 'POST', { token: null, body })).status)
      }
      expect(statuses.slice(0, 8)).toEqual(Array(8).fill(401))
      expect(statuses[8]).toBe(429)
      const limited = await call(signIn.POST, 'POST', { token: null, body: correct })
      expect(limited.status).toBe(429)
      expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0)
      const elsewhere = { 'x-forwarded-for': '198.51.100.9' }
      expect(
        (await call(signIn.POST, 'POST', { token: null, body: correct, headers: elsewhere })).status,
      ).toBe(200)
      clock.advance(15 * 60_000)
      expect((await call(signIn.POST, 'POST', { token: null, body: correct })).status).toBe(200)
    })

    test('one address guessing many accounts is slowed down', async () => {
      await startTestConsole(await open())
      for (let attempt = 0; attempt < 40; attempt++) {
        await countSignInAttempt(`person${attempt}@example.com`, '203.0.113.7')
      }
      expect((await call(signIn.POST, 'POST', { token: null, body: correct })).status).toBe(429)
    })
  })
})
