import net from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { requireFreePorts } from './require-free-ports.ts'

const host = '127.0.0.1'
let taken: net.Server | undefined

afterEach(() => new Promise<void>((resolve) => (taken ? taken.close(() => resolve()) : resolve())))

async function listen(): Promise<number> {
  const server = net.createServer()
  taken = server
  await new Promise<void>((resolve) => server.listen({ port: 0, host }, resolve))
  return (server.address() as net.AddressInfo).port
}

test('a taken port is named with its variable, and its program where the system tells', async () => {
  const port = await listen()
  const refusal = await requireFreePorts([{ port, host, variable: 'PORT' }]).catch(
    (error: Error) => error.message,
  )
  expect(refusal).toContain(`Port ${port} is taken`)
  expect(refusal).toContain('set PORT to another port')
  if (process.platform === 'linux') expect(refusal).toContain(`(process ${process.pid})`)
})

test('two wishes for one port are refused before anything listens', async () => {
  const wishes = [
    { port: 1, host, variable: 'PORT' },
    { port: 1, host, variable: 'SWITCHYARD_GATEWAY_VPC_PORT' },
  ]
  await expect(requireFreePorts(wishes)).rejects.toThrow('give SWITCHYARD_GATEWAY_VPC_PORT another one')
})

test('an address that this machine has not is named', async () => {
  const wish = { port: 4711, host: '192.0.2.1', variable: 'PORT' }
  await expect(requireFreePorts([wish])).rejects.toThrow('no address 192.0.2.1')
})
