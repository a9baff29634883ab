import { randomUUID } from 'node:crypto'
import { WebSocket as BrowserSocket } from 'undici'
import { expect } from 'vitest'
import { WebSocket } from 'ws'
import { pixels } from './openai-server.ts'
import type { RouteCaller, RouteCallers } from './route-caller.ts'

const workflow = {
  '3': { class_type: 'KSampler', inputs: { seed: 8, steps: 1, model: ['4', 0] } },
  '4': { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'sd.safetensors' } },
  '9': { class_type: 'SaveImage', inputs: { filename_prefix: 'out', images: ['3', 0] } },
}

interface Outputs {
  readonly outputs: Record<string, { images: Array<Record<'filename' | 'subfolder' | 'type', string>> }>
}

type Headers = Record<string, string>
const read = async <T>(url: string, headers: Headers = {}): Promise<T> =>
  (await (await fetch(url, { headers })).json()) as T
const send = (url: string, body: object, headers: Headers = {}) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

const sockets = {
  ws: (address: string, headers: Headers) => new WebSocket(address, { headers }),
  undici: (address: string, headers: Headers) => new BrowserSocket(address, { headers }),
}

/**
 * What scripts do that use a ComfyUI server as an API: opens a channel, queues a workflow in its name, listens until
 * nobody's turn is left, reads what the history says of it, and fetches the images.
 */
export async function makeImages(url: string, library: keyof typeof sockets, headers: Headers = {}) {
  const clientId = randomUUID()
  const socket = sockets[library](`${url.replace('http', 'ws')}/ws?clientId=${clientId}`, headers)
  socket.binaryType = 'arraybuffer'
  const executed: string[] = []
  const previews: Buffer[] = []
  let promptId = ''
  const begin = async () => {
    const queued = await send(`${url}/prompt`, { prompt: workflow, client_id: clientId }, headers)
    promptId = ((await queued.json()) as { prompt_id: string }).prompt_id
  }
  let queued = Promise.resolve()
  await new Promise<void>((resolve, reject) => {
    socket.onerror = () => reject(new Error('The WebSocket failed.'))
    socket.onclose = () => reject(new Error('The WebSocket closed.'))
    socket.onopen = () => {
      queued = begin()
      queued.catch(reject)
    }
    socket.onmessage = ({ data }: { data: unknown }) => {
      if (data instanceof ArrayBuffer) {
        previews.push(Buffer.from(data).subarray(8))
        return
      }
      const told = JSON.parse(String(data)) as { type: string; data: { node: string | null } }
      if (told.type !== 'executing') return
      if (told.data.node === null) resolve()
      else executed.push(told.data.node)
    }
  })
  await queued
  socket.onclose = null
  socket.close()
  const history = await read<Record<string, Outputs>>(`${url}/history/${promptId}`, headers)
  const images: Buffer[] = []
  for (const { images: made } of Object.values(history[promptId]?.outputs ?? {})) {
    for (const image of made) {
      const answer = await fetch(`${url}/view?${new URLSearchParams(image)}`, { headers })
      images.push(Buffer.from(await answer.arrayBuffer()))
    }
  }
  return { promptId, executed, previews, images }
}

async function makeOne(url: string, library: keyof typeof sockets): Promise<string> {
  const { promptId, executed, previews, images } = await makeImages(url, library)
  expect(executed).toEqual(['3', '4', '9'])
  expect(previews).toEqual([pixels])
  expect(images).toEqual([pixels])
  return promptId
}

const script: RouteCaller = {
  client: 'a ComfyUI script with ws and undici',
  call: async (url) => {
    await makeOne(url, 'ws')
    await makeOne(url, 'undici')
  },
}

const plain = (call: (url: string) => Promise<void>): RouteCaller => ({ client: 'fetch', call })
const told = (path: string, expected: unknown): RouteCaller =>
  plain(async (url) => expect(await read(url + path)).toEqual(expected))
const taken = (path: string, body: object): RouteCaller =>
  plain(async (url) => expect((await send(url + path, body)).status).toBe(200))

const upload = (path: string, filename: string): RouteCaller =>
  plain(async (url) => {
    const form = new FormData()
    form.set('image', new Blob([new Uint8Array(pixels)], { type: 'image/png' }), filename)
    form.set('overwrite', 'true')
    form.set('original_ref', JSON.stringify({ filename, type: 'output' }))
    const answer = await fetch(url + path, { method: 'POST', body: form })
    expect(await answer.json()).toMatchObject({ name: filename, type: 'input' })
    const seen = await fetch(`${url}/view?${new URLSearchParams({ filename, type: 'input' })}`)
    expect(Buffer.from(await seen.arrayBuffer())).toEqual(pixels)
  })

const file = '/userdata/workflows%2Fa.json'
const write = (url: string) => fetch(url + file, { method: 'POST', body: '{"a":1}' })

export const comfyUiCallers: RouteCallers = {
  ws: script,
  prompt: {
    client: script.client,
    call: async (url) => {
      await script.call(url)
      expect(await read(`${url}/prompt`)).toEqual({ exec_info: { queue_remaining: 0 } })
    },
  },
  'history-of-prompt': script,
  view: script,
  history: plain(async (url) => {
    const made = await makeOne(url, 'ws')
    expect(await read(`${url}/history`)).toHaveProperty(made)
    expect((await send(`${url}/history`, { delete: [made] })).status).toBe(200)
    expect(await read(`${url}/history`)).not.toHaveProperty(made)
  }),
  queue: plain(async (url) => {
    expect(await read(`${url}/queue`)).toEqual({ queue_running: [], queue_pending: [] })
    expect((await send(`${url}/queue`, { clear: true })).status).toBe(200)
  }),
  interrupt: taken('/interrupt', {}),
  free: taken('/free', { unload_models: true }),
  embeddings: told('/embeddings', ['easynegative']),
  extensions: told('/extensions', ['/extensions/core/colorPalette.js']),
  features: told('/features', expect.objectContaining({ supports_preview_metadata: true })),
  models: told('/models', ['checkpoints', 'loras']),
  'models-of-folder': told('/models/checkpoints', ['sd.safetensors']),
  'workflow-templates': told('/workflow_templates', {}),
  'view-metadata': told('/view_metadata/checkpoints?filename=sd.safetensors', { 'modelspec.title': 'sd' }),
  'system-stats': told('/system_stats', expect.objectContaining({ devices: [] })),
  'object-info': told('/object_info', expect.objectContaining({ KSampler: { input: {} } })),
  'object-info-of-class': told('/object_info/KSampler', { KSampler: { input: {} } }),
  'upload-image': upload('/upload/image', 'in.png'),
  'upload-mask': upload('/upload/mask', 'mask.png'),
  userdata: plain(async (url) => {
    await write(url)
    expect(await read(`${url}/userdata?dir=workflows`)).toContain('workflows/a.json')
  }),
  'userdata-v2': plain(async (url) => {
    await write(url)
    const entry = expect.objectContaining({ path: 'workflows/a.json' })
    expect(await read(`${url}/v2/userdata?path=workflows`)).toContainEqual(entry)
  }),
  'userdata-file': plain(async (url) => {
    await write(url)
    expect(await read(url + file)).toEqual({ a: 1 })
    expect((await fetch(url + file, { method: 'DELETE' })).status).toBe(200)
    expect((await fetch(url + file)).status).toBe(404)
  }),
  'userdata-move': plain(async (url) => {
    await write(url)
    expect((await fetch(`${url}${file}/move/b.json`, { method: 'POST' })).status).toBe(200)
    expect(await read(`${url}/userdata/b.json`)).toEqual({ a: 1 })
  }),
  users: plain(async (url) => {
    expect(await read(`${url}/users`)).toMatchObject({ storage: 'server' })
    expect(await (await send(`${url}/users`, { username: 'ada' })).json()).toEqual(['ada_1'])
  }),
}
