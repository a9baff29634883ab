import { expect, test } from 'vitest'
import { consoleContext } from '@/lib/console/console-context.ts'
import { closeTestConsoles, startTestConsole } from '@/lib/console/testing/test-console.ts'
import { inTransaction, type Transaction } from '@/lib/persistence/database.ts'
import { insertGateway } from '@/lib/persistence/gateway-store.ts'
import { insertPort, listPortsOfGateway } from '@/lib/persistence/port-store.ts'
import { insertSampleService, insertSampleWorkspace } from '@/lib/persistence/testing/sample-rows.ts'
import { describeOnBothDatabases } from '@/lib/persistence/testing/test-database.ts'
import {
  allocateNlbPorts,
  allocateSidePorts,
  type NlbPortRequest,
  releaseNlbPorts,
} from './allocate-ports.ts'

const environment = {
  SWITCHYARD_DEDICATED_PORTS: '8100-8106',
  SWITCHYARD_GATEWAY_VPC_PORT: '8101',
  SWITCHYARD_DNS_PORT: '8102',
}
const outside = 'Choose one from 8100 to 8106 (SWITCHYARD_DEDICATED_PORTS), or leave it empty.'

describeOnBothDatabases('ports of gateways', (open) => {
  closeTestConsoles()

  async function start() {
    await startTestConsole(await open(), environment)
    const within = <T>(run: (transaction: Transaction) => Promise<T>) =>
      inTransaction(consoleContext().database, run)
    await within(async (transaction) => {
      for (const name of ['acme', 'other']) {
        await insertSampleWorkspace(transaction, name)
        await insertGateway(transaction, {
          id: `gw_${name}`,
          workspaceId: `ws_${name}`,
          name,
          type: 'managed',
          status: 'running',
          limits: {},
          trustedProxies: [],
        })
        const of = { workspaceId: `ws_${name}`, gatewayId: `gw_${name}` }
        await insertSampleService(transaction, { name: `${name}_chat`, ...of })
      }
    })
    const listen = (listeners: NlbPortRequest['listeners'], name = 'acme') =>
      within((transaction) =>
        allocateNlbPorts(transaction, {
          gatewayId: `gw_${name}`,
          serviceId: `eas_${name}_chat`,
          workspaceId: `ws_${name}`,
          listeners,
        }),
      )
    const held = async (name = 'acme') =>
      (await within((transaction) => listPortsOfGateway(transaction, `gw_${name}`))).map(
        ({ door, port }) => `${door} ${port}`,
      )
    return { within, listen, held }
  }

  test('are the lowest that nobody of the installation has, and stay', async () => {
    const { within, held } = await start()
    await within((transaction) => allocateSidePorts(transaction, 'gw_acme', 'vpc'))
    expect(await held()).toEqual(['vpc 8100', 'vpc-tls 8103'])
    await within((transaction) => allocateSidePorts(transaction, 'gw_acme', 'vpc'))
    await within((transaction) => allocateSidePorts(transaction, 'gw_acme', 'internet'))
    expect(await held()).toEqual(['vpc 8100', 'vpc-tls 8103', 'internet 8104', 'internet-tls 8105'])
  })

  test('of NLB listeners are given or found, and given back', async () => {
    const { within, listen, held } = await start()
    const vpc = { side: 'vpc' } as const
    expect(
      await listen([
        { port: null, ...vpc },
        { port: 8100, ...vpc },
      ]),
    ).toEqual([
      { port: 8103, ...vpc },
      { port: 8100, ...vpc },
    ])
    expect(
      await listen([
        { port: 8103, ...vpc },
        { port: 8106, side: 'internet' },
      ]),
    ).toEqual([
      { port: 8103, ...vpc },
      { port: 8106, side: 'internet' },
    ])
    expect(await held()).toEqual(['nlb-8103 8103', 'nlb-8106 8106'])
    await within((transaction) => releaseNlbPorts(transaction, 'eas_acme_chat'))
    expect(await held()).toEqual([])
  })

  test('that somebody has are refused with who it is, as far as the caller may know', async () => {
    const { listen, within } = await start()
    await listen([{ port: 8105, side: 'vpc' }], 'other')
    await within((transaction) => allocateSidePorts(transaction, 'gw_acme', 'vpc'))
    for (const [port, owner] of [
      [8101, 'the shared gateway'],
      [8102, 'the name server'],
      [8100, 'gateway acme'],
      [8105, 'a gateway of another workspace'],
    ] as const) {
      await expect(listen([{ port, side: 'vpc' }])).rejects.toMatchObject({
        publicMessage: `Port ${port} belongs to ${owner}. Choose another one.`,
        options: { invalidFields: [{ path: 'nlb.0.port' }] },
      })
    }
  })

  test('that are given lie in the range of the installation, but for those that a service has', async () => {
    const { listen, within } = await start()
    for (const port of [22, 3000, 8099, 8107, 9900]) {
      await expect(listen([{ port, side: 'vpc' }])).rejects.toMatchObject({
        code: 'invalid_input',
        publicMessage: `Port ${port} is not one of the installation’s. ${outside}`,
        options: { invalidFields: [{ path: 'nlb.0.port', code: 'port_out_of_range' }] },
      })
    }
    const old = { port: 9900, gatewayId: 'gw_other', door: 'nlb-9900', serviceId: 'eas_acme_chat' }
    await within((transaction) => insertPort(transaction, old))
    expect(await listen([{ port: 9900, side: 'vpc' }])).toEqual([{ port: 9900, side: 'vpc' }])
  })

  test('that two writers take at once go to the first, and the other hears it', async () => {
    const { within } = await start()
    const row = { port: 8100, gatewayId: 'gw_acme', door: 'vpc' }
    await within((transaction) => insertPort(transaction, row))
    const second = within((transaction) => insertPort(transaction, { ...row, gatewayId: 'gw_other' }))
    await expect(second).rejects.toMatchObject({ code: 'conflict' })
  })

  test('run out with a sentence, and nothing is kept of what failed', async () => {
    const { listen, held } = await start()
    const five = Array.from({ length: 5 }, () => ({ port: null, side: 'vpc' as const }))
    expect(await listen(five)).toHaveLength(5)
    const full = listen([{ port: null, side: 'vpc' }], 'other')
    await expect(full).rejects.toMatchObject({
      code: 'conflict',
      options: { invalidFields: [{ path: 'nlb.0.port' }] },
    })
    expect(await held('other')).toEqual([])
  })
})
