import net from 'node:net'
import { expect, test } from 'vitest'
import { freePort } from '@/lib/cli/testing/free-port.ts'
import { HostPorts } from './host-ports.ts'

test('a port is had once, until it is released', async () => {
  const port = await freePort()
  const ports = new HostPorts('127.0.0.1')
  const held = await ports.hold(port)
  expect(held.port).toBe(port)
  await expect(ports.hold(port)).rejects.toThrow(`Port ${port} is another door of this host already.`)
  held.release()
  const again = await ports.hold(port)
  again.release()
})

test('the doors that the installation holds itself count', async () => {
  await expect(new HostPorts('127.0.0.1', [8080]).hold(8080)).rejects.toThrow('another door of this host')
})

test('a port that another program has says so, and is had once that has gone', async () => {
  const other = net.createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as net.AddressInfo
  const ports = new HostPorts('127.0.0.1')
  await expect(ports.hold(port)).rejects.toThrow(
    new RegExp(`^Port ${port} is taken.*Stop that program, or give the gateway another port\\.$`),
  )
  await new Promise((resolve) => other.close(resolve))
  const held = await ports.hold(port)
  held.release()
})
