import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type HeldPort, holdPort } from './held-port.ts'

let folder: string
let port: HeldPort
const children: ChildProcess[] = []
const sockets: net.Socket[] = []

/** Answers every connection with its name and closes it. */
const listener = `
  import net from 'node:net'
  const server = net.createServer((socket) => socket.end(process.argv[2]))
  process.on('message', (message, handle) => {
    if (message === 'leave') server.close(() => process.exit())
    else server.listen(handle, 64, () => process.send(message.door))
  })
`

beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'switchyard-port-'))
  writeFileSync(path.join(folder, 'listener.mjs'), listener)
  port = await holdPort({ host: '127.0.0.1', port: 0, variable: 'PORT' })
})
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const socket of sockets.splice(0)) socket.destroy()
  port.release()
  rmSync(folder, { recursive: true, force: true })
})

async function listen(name: string): Promise<ChildProcess> {
  const child = fork(path.join(folder, 'listener.mjs'), [name])
  children.push(child)
  const listening = new Promise((resolve) => child.once('message', resolve))
  port.pass(child, 'door')
  expect(await listening).toBe('door')
  return child
}

function gone(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve) => child.once('exit', resolve))
}

/** What the connection hears, or why there is none. */
function connect(): { connected: Promise<unknown>; heard: Promise<string> } {
  const socket = net.connect(port.port, '127.0.0.1')
  sockets.push(socket)
  return {
    connected: new Promise((resolve) => socket.once('connect', resolve)),
    heard: new Promise((resolve) => {
      let text = ''
      socket.setEncoding('utf8').on('data', (chunk) => {
        text += chunk
      })
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
      socket.once('close', () => resolve(text))
    }),
  }
}

test('every connection reaches the process that listens, none the one that holds the port', async () => {
  await listen('first')
  const all = Array.from({ length: 50 }, () => connect().heard)
  expect(new Set(await Promise.all(all))).toEqual(new Set(['first']))
})

test('while nobody listens any more callers wait, and the next process serves them', async () => {
  const first = await listen('first')
  first.kill('SIGKILL')
  await gone(first)
  const waiting = Array.from({ length: 20 }, () => connect())
  await Promise.all(waiting.map(({ connected }) => connected))
  await listen('second')
  expect(new Set(await Promise.all(waiting.map(({ heard }) => heard)))).toEqual(new Set(['second']))
})

test('a process that stops listening takes no connection with it', async () => {
  const first = await listen('first')
  await listen('second')
  const left = gone(first)
  first.send('leave')
  const all = Array.from({ length: 50 }, () => connect().heard)
  await left
  all.push(...Array.from({ length: 50 }, () => connect().heard))
  const heard = await Promise.all(all)
  expect(heard.slice(50)).toEqual(Array.from({ length: 50 }, () => 'second'))
  expect(heard.every((name) => name === 'first' || name === 'second')).toBe(true)
})

test('released, the port is free for others', async () => {
  const child = await listen('first')
  child.kill('SIGKILL')
  await gone(child)
  port.release()
  expect(await connect().heard).toBe('ECONNREFUSED')
})

test('a port that another program listens on is refused with a sentence', async () => {
  await listen('first')
  await expect(holdPort({ host: '127.0.0.1', port: port.port, variable: 'PORT' })).rejects.toThrow(
    new RegExp(`^Port ${port.port} is taken by .*\\. Stop that program, or set PORT to another port\\.$`),
  )
})

test('a host that this machine does not have is refused with a sentence', async () => {
  await expect(holdPort({ host: '203.0.113.1', port: 0, variable: 'PORT' })).rejects.toThrow(
    'This machine has no address 203.0.113.1 to listen on for PORT.',
  )
})

test('released while a copy is on its way, that copy arrives and the port goes with its process', async () => {
  const child = fork(path.join(folder, 'listener.mjs'), ['first'])
  children.push(child)
  const listening = new Promise((resolve) => child.once('message', resolve))
  port.pass(child, 'door')
  port.release()
  expect(await listening).toBe('door')
  expect(await connect().heard).toBe('first')
  child.kill('SIGKILL')
  await gone(child)
  expect(await connect().heard).toBe('ECONNREFUSED')
})

test('released while copies are on their way to a process that dies, the port is free', async () => {
  const child = fork(path.join(folder, 'listener.mjs'), ['first'])
  children.push(child)
  for (let copy = 0; copy < 5; copy++) port.pass(child, 'door')
  port.release()
  child.kill('SIGKILL')
  await gone(child)
  const again = await holdPort({ host: '127.0.0.1', port: port.port, variable: 'PORT' })
  again.release()
})
