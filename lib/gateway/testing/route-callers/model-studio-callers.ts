import { randomUUID } from 'node:crypto'
import { WebSocket as BrowserSocket } from 'undici'
import { expect } from 'vitest'
import { WebSocket } from 'ws'
import { callersKey, type RouteCaller, type RouteCallers } from './route-caller.ts'

/** Its SDKs are for Python and Java: what they send, by `fetch` and by two WebSocket clients. */
const authorization = `Bearer ${callersKey}`
const json = { 'content-type': 'application/json', authorization }
const asynchronous = { ...json, 'x-dashscope-async': 'enable' }

interface Told {
  readonly output: { task_id: string; task_status: string; results?: object[]; video_url?: string }
}

async function begin(url: string, path: string, input: object): Promise<string> {
  const body = JSON.stringify({ model: 'wan', input, parameters: { n: 1 } })
  const answer = await fetch(`${url}${path}`, { method: 'POST', headers: asynchronous, body })
  const { output } = (await answer.json()) as Told
  expect([answer.status, output.task_status]).toEqual([200, 'PENDING'])
  return output.task_id
}

async function look(url: string, task: string): Promise<Told['output']> {
  const answer = await fetch(`${url}/api/v1/tasks/${task}`, { headers: { authorization } })
  expect(answer.status).toBe(200)
  return ((await answer.json()) as Told).output
}

async function wait(url: string, task: string): Promise<Told['output']> {
  for (;;) {
    const output = await look(url, task)
    if (output.task_status !== 'PENDING' && output.task_status !== 'RUNNING') return output
  }
}

const aigc = '/api/v1/services/aigc'
const toImage = `${aigc}/text2image/image-synthesis`
const toVideo = `${aigc}/video-generation/video-synthesis`

const task = (path: string, input: object): RouteCaller => ({
  client: 'fetch',
  call: async (url) => {
    const done = await wait(url, await begin(url, path, input))
    expect(done.task_status).toBe('SUCCEEDED')
    expect(done.video_url ?? done.results?.length).toBe(
      path.endsWith('video-synthesis') ? 'https://example.com/1.mp4' : 1,
    )
  },
})

const tasks = (path: string): RouteCaller => ({
  client: 'fetch',
  call: async (url) => {
    const [first, second] = [await begin(url, path, {}), await begin(url, path, {})]
    const cancelled = await fetch(`${url}/api/v1/tasks/${first}/cancel`, { method: 'POST', headers: json })
    expect(cancelled.status).toBe(200)
    expect((await wait(url, first)).task_status).toBe('CANCELED')
    expect((await wait(url, second)).task_status).toBe('SUCCEEDED')
    const late = await fetch(`${url}/api/v1/tasks/${second}/cancel`, { method: 'POST', headers: json })
    expect([late.status, await late.json()]).toMatchObject([400, { code: 'UnsupportedOperation' }])
    const listed = await fetch(`${url}/api/v1/tasks/?page_no=1&page_size=10`, { headers: { authorization } })
    expect(await listed.json()).toMatchObject({ data: expect.arrayContaining([first, second]) })
  },
})

const image = 'https://example.com/in.png'

export const modelStudioImageCallers: RouteCallers = {
  'text-to-image': task(toImage, { prompt: 'a cat' }),
  'image-to-image': task(`${aigc}/image2image/image-synthesis`, { prompt: 'a hat', images: [image] }),
  'out-painting': task(`${aigc}/image2image/out-painting`, { image_url: image }),
  'virtual-model': task(`${aigc}/virtualmodel/generation`, { base_image_url: image, prompt: 'a model' }),
  background: task(`${aigc}/background-generation/generation`, {
    base_image_url: image,
    ref_prompt: 'a sea',
  }),
  tasks: tasks(toImage),
}

export const modelStudioVideoCallers: RouteCallers = {
  video: task(toVideo, { prompt: 'a cat', img_url: image }),
  'image-to-video': task(`${aigc}/image2video/video-synthesis`, { first_frame_url: image }),
  tasks: tasks(toVideo),
}

export const modelStudioRerankCallers: RouteCallers = {
  'text-rerank': {
    client: 'fetch',
    call: async (url) => {
      const input = { query: 'rerank', documents: ['weather', 'what rerank models do'] }
      const body = JSON.stringify({ model: 'gte-rerank', input, parameters: { top_n: 2 } })
      const path = '/api/v1/services/rerank/text-rerank/text-rerank'
      const answer = await fetch(`${url}${path}`, { method: 'POST', headers: json, body })
      const { output } = (await answer.json()) as { output: { results: Array<{ index: number }> } }
      expect(output.results.map(({ index }) => index)).toEqual([1, 0])
    },
  },
}

/** Speaks two texts as one task; what either client calls a socket serves. */
async function speak(socket: WebSocket | BrowserSocket): Promise<void> {
  const task_id = randomUUID()
  const act = (action: string, input: object) =>
    socket.send(
      JSON.stringify({
        header: { action, task_id, streaming: 'duplex' },
        payload: { task_group: 'audio', task: 'tts', model: 'cosyvoice', parameters: { voice: 'a' }, input },
      }),
    )
  const heard: string[] = []
  await new Promise<void>((resolve, reject) => {
    socket.binaryType = 'arraybuffer'
    socket.onerror = () => reject(new Error('The WebSocket failed.'))
    socket.onclose = () => reject(new Error('The WebSocket closed.'))
    socket.onopen = () => act('run-task', {})
    socket.onmessage = ({ data }: { data: unknown }) => {
      if (data instanceof ArrayBuffer) {
        heard.push(Buffer.from(data).toString())
        return
      }
      const { header } = JSON.parse(String(data)) as { header: { event: string; task_id: string } }
      expect(header.task_id).toBe(task_id)
      if (header.event === 'task-started') {
        for (const text of ['Hello', '世界']) act('continue-task', { text })
        act('finish-task', {})
      }
      if (header.event === 'task-finished') resolve()
    }
  })
  socket.onclose = null
  socket.close()
  expect(heard).toEqual(['PCM:Hello', 'PCM:世界'])
}

export const modelStudioSpeechCallers: RouteCallers = {
  inference: {
    client: 'ws and undici',
    call: async (url) => {
      const address = `${url.replace('http', 'ws')}/api-ws/v1/inference`
      await speak(new WebSocket(address, { headers: { authorization } }))
      await speak(new BrowserSocket(address, { headers: { authorization } }))
    },
  },
}
