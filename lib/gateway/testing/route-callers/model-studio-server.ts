import type { WebSocket } from 'ws'
import type { RouteServer } from './route-caller.ts'
import { Refused, type Served, type ServedCall, serveRoutes } from './serve-routes.ts'

const request_id = '9a8b7c6d-0000-4000-8000-000000000001'
const refused = (status: number, code: string, message: string) =>
  new Refused(status, { code, message, request_id })

const steps = ['PENDING', 'RUNNING', 'SUCCEEDED'] as const
const aigc = '/api/v1/services/aigc/'

/** Tasks for images and videos, reranking, and speech over a WebSocket, as Model Studio's own API has them. */
export function startModelStudioServer(): Promise<RouteServer> {
  const tasks = new Map<string, { asked: number; isCancelled: boolean; isVideo: boolean }>()

  const begin = ({ path, headers, json }: ServedCall): Served => {
    const { model, input } = json()
    if (typeof model !== 'string') throw refused(400, 'InvalidParameter', 'Field required: model')
    if (typeof input !== 'object') throw refused(400, 'InvalidParameter', 'Field required: input')
    if (headers['x-dashscope-async'] !== 'enable') {
      throw refused(403, 'AccessDenied', 'current user api does not support synchronous calls.')
    }
    const task_id = `task-${tasks.size + 1}`
    tasks.set(task_id, { asked: 0, isCancelled: false, isVideo: path.endsWith('video-synthesis') })
    return { output: { task_id, task_status: 'PENDING' }, request_id }
  }

  const look = ({ method, path }: ServedCall): Served => {
    const [task_id = '', action] = path.slice('/api/v1/tasks/'.length).split('/')
    if (task_id === '') return { request_id, data: [...tasks.keys()], total: tasks.size, page_no: 1 }
    const task = tasks.get(task_id)
    if (task === undefined) return { request_id, output: { task_id, task_status: 'UNKNOWN' } }
    if (action === 'cancel' && method === 'POST') {
      if (task.asked > 0) throw refused(400, 'UnsupportedOperation', 'Only PENDING tasks can be canceled.')
      task.isCancelled = true
      return { request_id }
    }
    const task_status = task.isCancelled ? 'CANCELED' : (steps[Math.min(task.asked, 2)] ?? 'UNKNOWN')
    task.asked += 1
    const made = task.isVideo
      ? { video_url: 'https://example.com/1.mp4' }
      : { results: [{ url: 'https://example.com/1.png' }] }
    return {
      request_id,
      output: { task_id, task_status, ...(task_status === 'SUCCEEDED' ? made : {}) },
      usage: task.isVideo ? { video_count: 1 } : { image_count: 1 },
    }
  }

  const rank = ({ json }: ServedCall): Served => {
    const { query, documents } = json()['input'] as { query: string; documents: string[] }
    const scored = documents.map((text, index) => {
      const relevance_score = text.includes(query) ? 0.9 : 0.1
      return { index, relevance_score, document: { text } }
    })
    const results = scored.sort((left, right) => right.relevance_score - left.relevance_score)
    return { output: { results }, usage: { total_tokens: documents.length }, request_id }
  }

  const answer = (call: ServedCall): Served => {
    const { path, method, headers } = call
    if (headers.authorization !== 'Bearer token-abc123') {
      throw refused(401, 'InvalidApiKey', 'Invalid API-key provided.')
    }
    if (path.startsWith('/api/v1/tasks')) return look(call)
    if (method === 'POST' && path.startsWith(aigc)) return begin(call)
    if (method === 'POST' && path === '/api/v1/services/rerank/text-rerank/text-rerank') return rank(call)
    throw refused(404, 'InvalidApi', `No such API: ${path}`)
  }
  return serveRoutes(answer, { paths: ['/api-ws/v1/inference'], opened: speak })
}

/** Speaks each text as bytes of its own, between `task-started` and `task-finished`. */
function speak(socket: WebSocket): void {
  socket.on('message', (data) => {
    const { header, payload } = JSON.parse(String(data)) as {
      header: { action: string; task_id: string }
      payload: { input: { text?: string } }
    }
    const tell = (event: string) =>
      socket.send(JSON.stringify({ header: { task_id: header.task_id, event, attributes: {} }, payload: {} }))
    if (header.action === 'run-task') tell('task-started')
    if (header.action === 'continue-task') {
      socket.send(Buffer.from(`PCM:${payload.input.text ?? ''}`), { binary: true })
      tell('result-generated')
    }
    if (header.action === 'finish-task') tell('task-finished')
  })
}
