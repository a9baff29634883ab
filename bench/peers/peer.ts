/** Where a load generator sends a request. */
export interface Target {
  readonly origin: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
}

export interface Upstreams {
  /** Answers every POST with one fixed JSON completion. */
  readonly jsonPort: number
  /** Answers every POST with a stream; see `stream-upstream-main.ts`. */
  readonly streamPort: number
}

/** A proxy under test that runs. */
export interface RunningPeer {
  /** Null for `direct`, which is no process. */
  readonly pid: number | null
  readonly json: Target
  readonly stream: Target
}

export interface Peer {
  readonly name: string
  /** Null: not here, and `reason` says why. */
  start(upstreams: Upstreams, folder: string): Promise<RunningPeer | { readonly missing: string }>
}

export const chatPath = '/v1/chat/completions'
export const jsonHeaders = { 'content-type': 'application/json', authorization: 'Bearer upstream-key' }

/** What every contestant is asked, byte for byte. */
export const requestBody = chatRequest('sample-model', {})

export function streamRequest(chunksPerSecond: number): string {
  return chatRequest(`stream-${chunksPerSecond}`, { stream: true })
}

function chatRequest(model: string, more: object): string {
  return JSON.stringify({
    model,
    ...more,
    messages: [{ role: 'user', content: 'How far is the moon from the earth, in kilometres?' }],
    max_tokens: 64,
  })
}

/** What the JSON upstream answers, byte for byte. */
export const answerBody = JSON.stringify({
  id: 'chatcmpl-01',
  object: 'chat.completion',
  created: 1_700_000_000,
  model: 'sample-model',
  choices: [
    {
      index: 0,
      message: { role: 'assistant', content: 'About 384,400 kilometres on average.' },
      finish_reason: 'stop',
    },
  ],
  usage: { prompt_tokens: 18, completion_tokens: 9, total_tokens: 27 },
})
