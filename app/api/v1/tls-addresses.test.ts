import { afterAll, expect, test } from 'vitest'
import { TestAuthority } from '@/e2e/fakes/test-authority.ts'
import { call, closeTestConsoles, startTestConsole } from '@/lib/console/testing/test-console.ts'
import { describeOnBothDatabases } from '@/lib/persistence/testing/test-database.ts'
import { makeGateway } from './testing/dedicated-gateway.ts'
import * as certificates from './workspaces/[workspace]/certificates/route.ts'
import * as domains from './workspaces/[workspace]/domains/route.ts'
import * as internet from './workspaces/[workspace]/gateways/[gateway]/internet/route.ts'
import * as gateway from './workspaces/[workspace]/gateways/[gateway]/route.ts'
import * as workspaces from './workspaces/route.ts'

const params = { workspace: 'acme' }
const at = { ...params, gateway: 'edge' }
const authority = new TestAuthority()
afterAll(() => authority.close())

describeOnBothDatabases('the TLS address of a gateway', (open) => {
  closeTestConsoles()

  test('is printed once a certificate answers for its host, as long as it lasts', async () => {
    const opened = await open()
    const { clock } = await startTestConsole(opened)
    await call(workspaces.POST, 'POST', { body: { name: 'acme' } })
    const { id: gatewayId } = await makeGateway({ type: 'managed', name: 'edge' })
    await call(internet.PUT, 'PUT', { params: at, body: { enabled: true } })
    const printed = async () => (await call(gateway.GET, 'GET', { params: at })).json.internet.tlsAddress
    const leaf = authority.issue({ names: ['api.example.com', 'localhost'] })
    const pair = { name: 'example', chain: authority.chain(leaf), key: leaf.key }
    const { id: certificateId } = (await call(certificates.POST, 'POST', { params, body: pair })).json
    const body = { gatewayId, name: 'api.example.com', certificateId }
    const domain = await call(domains.POST, 'POST', { params, body })
    expect(domain.status, domain.text).toBe(201)
    // A caller that names localhost in its handshake is turned away, whatever the certificate covers.
    expect(await printed()).toBeNull()
    // As after a change of SWITCHYARD_GATEWAY_HOST: nobody may take the installation's own names.
    await opened.database.domain.updateMany({ data: { name: 'localhost' } })
    expect(await printed()).toBe('https://localhost:8101')
    clock.advance(91 * 86_400_000)
    expect(await printed()).toBeNull()
  })
})
