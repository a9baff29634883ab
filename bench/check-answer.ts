import { request } from 'undici'
import { answerBody, type RunningPeer, requestBody, streamRequest, type Target } from './peers/peer.ts'
import { eventMarker } from './peers/stream-event.ts'

/** A contestant that answers something else than the upstream did would win or lose for nothing. */
export async function checkAnswers(name: string, peer: RunningPeer): Promise<void> {
  const answer = await post(peer.json, requestBody)
  const body: unknown = await answer.body.json()
  const expected: unknown = JSON.parse(answerBody)
  if (answer.statusCode !== 200 || contentOf(body) !== contentOf(expected)) {
    throw new Error(`${name} answered ${answer.statusCode} ${JSON.stringify(body).slice(0, 500)}`)
  }
  const stream = await post(peer.stream, streamRequest(50))
  const [first] = await stream.body.take(1).toArray()
  stream.body.destroy()
  if (stream.statusCode !== 200 || !String(first).includes(eventMarker)) {
    throw new Error(`${name} streamed ${stream.statusCode} ${String(first).slice(0, 500)}`)
  }
}

function post(target: Target, body: string) {
  return request(target.origin + target.path, { method: 'POST', headers: target.headers, body })
}

function contentOf(body: unknown): unknown {
  return JSON.stringify((body as { choices?: unknown }).choices)
}
