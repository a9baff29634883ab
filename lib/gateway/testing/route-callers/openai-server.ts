import { encodePng } from '@/e2e/fakes/png.ts'
import type { RouteServer } from './route-caller.ts'
import { Refused, type Served, type ServedCall, serveRoutes } from './serve-routes.ts'

export const pixels = encodePng(2, 2, (x, y) => [x, y, 255])

interface Kept {
  readonly id: string
  [field: string]: unknown
}

const missing = (id: string) =>
  new Refused(404, { error: { message: `No such object: ${id}`, type: 'invalid_request_error' } })
const invalid = (message: string) => new Refused(400, { error: { message, type: 'invalid_request_error' } })

/** A shelf of objects of one type, listed a page at a time, newest last. */
class Shelf {
  readonly kept = new Map<string, Kept>()
  readonly #prefix: string

  constructor(prefix: string) {
    this.#prefix = prefix
  }

  add(fields: object): Kept {
    const id = `${this.#prefix}-${this.kept.size + 1}`
    const made = { id, created_at: 1, ...fields }
    this.kept.set(id, made)
    return made
  }

  get(id: string): Kept {
    const found = this.kept.get(id)
    if (found === undefined) throw missing(id)
    return found
  }

  change(id: string, fields: object): Kept {
    const changed = { ...this.get(id), ...fields }
    this.kept.set(id, changed)
    return changed
  }

  page(query: URLSearchParams): object {
    const all = [...this.kept.values()]
    const from = query.has('after') ? all.findIndex(({ id }) => id === query.get('after')) + 1 : 0
    const to = from + Number(query.get('limit') ?? 20)
    const data = all.slice(from, to)
    const [first, last] = [data[0]?.id ?? null, data.at(-1)?.id ?? null]
    return { object: 'list', data, first_id: first, last_id: last, has_more: to < all.length }
  }
}

/** Images, models, files, batches and fine-tuning jobs as OpenAI's API has them. */
export function startOpenAiServer(): Promise<RouteServer> {
  const content = new Map<string, Buffer>()
  const files = new Shelf('file')
  const batches = new Shelf('batch')
  const jobs = new Shelf('ftjob')
  const models = new Map(['talker', 'org/painter'].map((id) => [id, { id, object: 'model', created: 1 }]))

  const keep = (bytes: Buffer, filename: string, purpose: string) => {
    const file = files.add({ object: 'file', bytes: bytes.length, filename, purpose, status: 'processed' })
    content.set(file.id, bytes)
    return file
  }

  const image = async ({ path, form, json }: ServedCall): Promise<Served> => {
    if (path.endsWith('/generations')) {
      if (typeof json()['prompt'] !== 'string') throw invalid('prompt is required')
    } else {
      const parts = await form()
      const sent = [...parts.getAll('image'), ...parts.getAll('image[]')]
      if (sent.length === 0) throw invalid('image is required')
      for (const part of sent) {
        const bytes = part instanceof File ? Buffer.from(await part.arrayBuffer()) : Buffer.alloc(0)
        if (!bytes.equals(pixels)) throw invalid('image is not the PNG that was sent')
      }
      if (parts.get('model') !== 'painter') throw invalid('model is required')
    }
    return { created: 1, data: [{ b64_json: pixels.toString('base64') }] }
  }

  const model = ({ method, path }: ServedCall): Served => {
    const id = decodeURIComponent(path.slice('/v1/models/'.length))
    if (id === '') return { object: 'list', data: [...models.values()] }
    const found = models.get(id)
    if (found === undefined) throw missing(id)
    return method === 'DELETE' ? { id, object: 'model', deleted: models.delete(id) } : found
  }

  const file = async ({ method, query, form }: ServedCall, id: string, rest: string): Promise<Served> => {
    if (method === 'POST') {
      const parts = await form()
      const sent = parts.get('file')
      if (!(sent instanceof File)) throw invalid('file is required')
      return keep(Buffer.from(await sent.arrayBuffer()), sent.name, String(parts.get('purpose')))
    }
    if (id === '') return files.page(query)
    const found = files.get(id)
    if (method === 'DELETE') return { id, object: 'file', deleted: files.kept.delete(id) }
    if (rest !== 'content') return found
    return { type: 'application/octet-stream', bytes: content.get(id) ?? Buffer.alloc(0) }
  }

  const batch = ({ method, query, json }: ServedCall, id: string, rest: string): Served => {
    if (method === 'POST' && id === '') {
      const { id: input } = files.get(String(json()['input_file_id']))
      return batches.add({ object: 'batch', status: 'in_progress', input_file_id: input })
    }
    if (id === '') return batches.page(query)
    if (rest === 'cancel') return batches.change(id, { status: 'cancelled' })
    const input = content.get(String(batches.get(id)['input_file_id'])) ?? Buffer.alloc(0)
    return batches.change(id, { status: 'completed', output_file_id: keep(input, 'out', 'batch_output').id })
  }

  const job = ({ method, query, json }: ServedCall, id: string, rest: string): Served => {
    if (method === 'POST' && id === '') {
      const { id: training } = files.get(String(json()['training_file']))
      return jobs.add({ object: 'fine_tuning.job', status: 'running', training_file: training })
    }
    if (id === '') return jobs.page(query)
    const events = ['event-1', 'event-2'].map((event) => ({ id: event, object: 'fine_tuning.job.event' }))
    if (rest === 'events') return { object: 'list', data: events, has_more: false }
    if (rest === 'checkpoints') return { object: 'list', data: [], has_more: false }
    return rest === 'cancel' ? jobs.change(id, { status: 'cancelled' }) : jobs.get(id)
  }

  return serveRoutes((call) => {
    if (call.headers.authorization !== 'Bearer token-abc123') {
      throw new Refused(401, { error: { message: 'Incorrect API key provided.' } })
    }
    const { path } = call
    const [, id = '', rest = ''] =
      /^\/v1\/(?:files|batches|fine_tuning\/jobs)\/([^/]+)\/?(.*)$/.exec(path) ?? []
    if (/^\/v1\/images\/(?:generations|edits|variations)$/.test(path)) return image(call)
    if (path.startsWith('/v1/models')) return model(call)
    if (path.startsWith('/v1/files')) return file(call, id, rest)
    if (path.startsWith('/v1/batches')) return batch(call, id, rest)
    if (path.startsWith('/v1/fine_tuning/jobs')) return job(call, id, rest)
    throw missing(path)
  })
}
