import { request } from 'undici'
import type { Contestant } from './contest.ts'
import type { ConvertedSide } from './converted-streams.ts'
import { direct } from './peers/direct.ts'
import { startLiteLlm } from './peers/litellm.ts'
import { chatPath, streamRequest, type Target, type Upstreams } from './peers/peer.ts'
import { portkey, portkeyTarget } from './peers/portkey.ts'
import { eventMarker } from './peers/stream-event.ts'
import { type SwitchyardNode, switchyard } from './peers/switchyard.ts'

const messagesPath = '/v1/messages'

/** Whoever converts streams, by the ways that it knows; what does not answer right is left out by name. */
export async function startConvertedSides(
  contestants: readonly Contestant[],
  node: SwitchyardNode,
  upstreams: Upstreams,
  folder: string,
): Promise<ConvertedSide[]> {
  const { streamPort } = upstreams
  const plain = contestants.find(({ name }) => name === direct.name)
  const portkeyRuns = contestants.find(({ name }) => name === portkey.name)
  const own = (path: string) => ({ name: switchyard.name, pid: node.pid, target: node.modelApi(path) })
  const sides: ConvertedSide[] = [
    { ...own(`/stream/openai-openai${chatPath}`), way: 'openai ← openai' },
    { ...own(`/stream/anthropic-openai${messagesPath}`), way: 'anthropic ← openai' },
    { ...own(`/stream/openai-anthropic${chatPath}`), way: 'openai ← anthropic' },
  ]
  if (plain !== undefined) {
    sides.unshift({ name: plain.name, pid: null, target: plain.stream, way: 'openai ← openai' })
  }
  if (portkeyRuns !== undefined) {
    const { name, pid, stream } = portkeyRuns
    const target = portkeyTarget(stream.origin, 'anthropic', streamPort)
    sides.push({ name, pid, target, way: 'openai ← anthropic' })
  }
  sides.push(...(await liteLlmSides(streamPort, folder)))
  const checked: ConvertedSide[] = []
  for (const side of sides) {
    const wrong = await wrongAnswer(side.target)
    if (wrong === null) checked.push(side)
    else console.log(`${side.name}, ${side.way}, left out: ${wrong}`)
  }
  if (checked.filter(({ name }) => name === switchyard.name).length === 3) return checked
  throw new Error('Switchyard does not convert streams.')
}

async function liteLlmSides(streamPort: number, folder: string): Promise<ConvertedSide[]> {
  const name = 'LiteLLM'
  const upstream = `http://127.0.0.1:${streamPort}`
  const toOpenAi = await startLiteLlm(folder, 'hosted_vllm', `${upstream}/v1`)
  if ('missing' in toOpenAi) {
    console.log(`${name} skipped: ${toOpenAi.missing}`)
    return []
  }
  const sides: ConvertedSide[] = [
    { name, pid: toOpenAi.pid, target: toOpenAi.target(messagesPath), way: 'anthropic ← openai' },
  ]
  const toAnthropic = await startLiteLlm(folder, 'anthropic', upstream)
  if ('missing' in toAnthropic) return sides
  return [
    ...sides,
    { name, pid: toAnthropic.pid, target: toAnthropic.target(chatPath), way: 'openai ← anthropic' },
  ]
}

/** Null: the upstream's text comes. */
async function wrongAnswer({ origin, path, headers }: Target): Promise<string | null> {
  const answer = await request(origin + path, { method: 'POST', headers, body: streamRequest(20) })
  let text = ''
  for await (const chunk of answer.body) {
    text += String(chunk)
    if (text.includes(eventMarker)) return null
    if (text.length > 10_000) break
  }
  return `it answered ${answer.statusCode} ${text.slice(0, 300)}`
}
