import type { WebSocket } from 'ws'
import { pixels } from './openai-server.ts'
import type { RouteServer } from './route-caller.ts'
import { Refused, type Served, type ServedCall, serveRoutes } from './serve-routes.ts'

type Workflow = Record<string, { class_type: string; inputs: Record<string, unknown> }>
const empty = { type: 'text/plain', bytes: Buffer.alloc(0) }
const notFound = () => new Refused(404, { error: 'not found' })

/** What asks for nothing but to be told. */
const facts: Readonly<Record<string, object>> = {
  '/embeddings': ['easynegative'],
  '/extensions': ['/extensions/core/colorPalette.js'],
  '/features': { supports_preview_metadata: true, max_upload_size: 104_857_600 },
  '/models': ['checkpoints', 'loras'],
  '/models/checkpoints': ['sd.safetensors'],
  '/workflow_templates': {},
  '/view_metadata/checkpoints': { 'modelspec.title': 'sd' },
  '/system_stats': { system: { os: 'posix' }, devices: [] },
  '/object_info': { KSampler: { input: {} }, SaveImage: { input: {} } },
  '/object_info/KSampler': { KSampler: { input: {} } },
}

/**
 * Queues workflows, tells their progress over WebSockets and keeps what they made, as a ComfyUI server does; each of its
 * paths is there below `/api` as well.
 */
export function startComfyUiServer(name = 'a'): Promise<RouteServer> {
  const sockets = new Map<string, WebSocket>()
  const history = new Map<string, object>()
  const images = new Map<string, Buffer>()
  const userdata = new Map<string, Buffer>()
  const queued: string[] = []
  let number = 0

  const queue = ({ json }: ServedCall): Served => {
    const { prompt, client_id } = json() as { prompt: Workflow; client_id: string }
    const saving = Object.entries(prompt).find(([, { class_type }]) => class_type === 'SaveImage')
    if (saving === undefined) {
      throw new Refused(400, { error: { type: 'prompt_no_outputs' }, node_errors: {} })
    }
    const prompt_id = `prompt-${name}-${++number}`
    queued.push(prompt_id)
    setImmediate(() => run(prompt_id, Object.keys(prompt), saving[0], client_id))
    return { prompt_id, number, node_errors: {} }
  }

  /** Tells each node's turn, the preview as bytes, and the end by a turn of nobody. */
  const run = (prompt_id: string, nodes: readonly string[], saving: string, client: string) => {
    const socket = sockets.get(client)
    const tell = (type: string, data: object) => socket?.send(JSON.stringify({ type, data }))
    tell('execution_start', { prompt_id })
    for (const node of nodes) {
      tell('executing', { node, prompt_id })
      tell('progress', { value: 1, max: 1, node, prompt_id })
    }
    socket?.send(Buffer.concat([Buffer.from([0, 0, 0, 1, 0, 0, 0, 2]), pixels]), { binary: true })
    const filename = `${prompt_id}.png`
    images.set(`output/${filename}`, pixels)
    const output = { images: [{ filename, subfolder: '', type: 'output' }] }
    history.set(prompt_id, { outputs: { [saving]: output }, status: { completed: true } })
    queued.splice(queued.indexOf(prompt_id), 1)
    tell('executed', { node: saving, output, prompt_id })
    tell('executing', { node: null, prompt_id })
  }

  const upload = async ({ form }: ServedCall): Promise<Served> => {
    const parts = await form()
    const image = parts.get('image')
    if (!(image instanceof File)) throw new Refused(400, {})
    images.set(`input/${image.name}`, Buffer.from(await image.arrayBuffer()))
    return { name: image.name, subfolder: '', type: 'input' }
  }

  const view = ({ query }: ServedCall): Served => {
    const bytes = images.get(`${query.get('type')}/${query.get('filename')}`)
    if (bytes === undefined) throw notFound()
    return { type: 'image/png', bytes }
  }

  const forget = ({ json }: ServedCall): Served => {
    for (const id of (json()['delete'] as string[] | undefined) ?? []) history.delete(id)
    return empty
  }

  const file = ({ method, path, body }: ServedCall): Served => {
    const [escaped = '', , to] = path.slice('/userdata/'.length).split('/')
    const at = decodeURIComponent(escaped)
    if (method === 'POST' && to === undefined) {
      userdata.set(at, body)
      return Object.assign([at])
    }
    const bytes = userdata.get(at)
    if (bytes === undefined) throw notFound()
    if (method === 'GET') return { type: 'application/octet-stream', bytes }
    userdata.delete(at)
    if (to !== undefined) userdata.set(decodeURIComponent(to), bytes)
    return empty
  }

  const one: Readonly<Record<string, (call: ServedCall) => Served | Promise<Served>>> = {
    'POST /prompt': queue,
    'GET /prompt': () => ({ exec_info: { queue_remaining: queued.length } }),
    'GET /queue': () => ({ queue_running: queued, queue_pending: [] }),
    'POST /queue': () => empty,
    'POST /interrupt': () => empty,
    'POST /free': () => empty,
    'GET /history': () => Object.fromEntries(history),
    'POST /history': forget,
    'GET /view': view,
    'POST /upload/image': upload,
    'POST /upload/mask': upload,
    'GET /userdata': () => [...userdata.keys()],
    'GET /v2/userdata': () => [...userdata.keys()].map((path) => ({ name: path, path, type: 'file' })),
    'GET /users': () => ({ storage: 'server', users: {} }),
    'POST /users': ({ json }) => [`${json()['username']}_1`],
  }

  const answer = (call: ServedCall): Served | Promise<Served> => {
    const { method, path } = call
    const known = one[`${method} ${path}`]
    if (known !== undefined) return known(call)
    const told = method === 'GET' ? facts[path] : undefined
    if (told !== undefined) return told
    if (path.startsWith('/userdata/')) return file(call)
    if (path.startsWith('/history/')) {
      const id = path.slice('/history/'.length)
      return history.has(id) ? { [id]: history.get(id) } : {}
    }
    throw notFound()
  }
  const opened = (socket: WebSocket, query: URLSearchParams) => {
    const sid = query.get('clientId') ?? 'none'
    sockets.set(sid, socket)
    socket.send(JSON.stringify({ type: 'status', data: { status: { exec_info: {} }, sid } }))
  }
  return serveRoutes((call) => answer({ ...call, path: call.path.replace(/^\/api(?=\/)/, '') }), {
    paths: ['/ws', '/api/ws'],
    opened,
  })
}
