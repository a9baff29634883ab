import { createOpenAI } from '@ai-sdk/openai'
import { streamText } from 'ai'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  beginStream,
  chunkOf,
  type ScriptedProvider,
  startModelGateway,
  startProvider,
} from '@/lib/gateway/testing/model-stand.ts'
import type { TestGateway } from '@/lib/gateway/testing/start-gateway.ts'
import type { ModerationRuleSnapshot } from '@/lib/snapshot/moderation-snapshot.ts'

/** Moderated words that come in parts, however the service cuts them, as the AI SDK reads what is left of them. */
const rule = (text: string, action: 'mask' | 'block'): ModerationRuleSnapshot => ({
  ...{ kind: 'word', text, action, isCaseSensitive: false, wholeWord: false },
})
const rules = [
  rule('secret', 'mask'),
  rule('秘密', 'mask'),
  rule('🍎pie', 'mask'),
  rule('forbidden', 'block'),
]
const said = 'A Secret, 秘密 and 🍎pie, not sec.'
const masked = 'A ******, ** and ****, not sec.'

let provider: ScriptedProvider
let gateway: TestGateway
/** What the service writes, each part only when the one before has gone out. */
let parts: readonly Buffer[] = []
const end = `${chunkOf({}, 'stop')}data: [DONE]\n\n`

beforeAll(async () => {
  provider = await startProvider(async (_call, response) => {
    beginStream(response)
    for (const part of parts) {
      await new Promise<void>((resolve) => response.write(part, () => setImmediate(resolve)))
    }
    response.end()
  })
  gateway = await startModelGateway(`${provider.url}/v1`, {
    api: { moderation: { request: false, reply: true, rules, endpoint: null, message: null } },
  })
})
afterAll(async () => {
  await gateway.close()
  await provider.close()
})

/** Pieces of text as events of their own. */
const events = (pieces: readonly string[]) => [
  ...pieces.map((content) => Buffer.from(chunkOf({ content }))),
  Buffer.from(end),
]

async function read(written: readonly Buffer[]) {
  parts = written
  const model = createOpenAI({ baseURL: `${gateway.url}/v1`, apiKey: 'x' }).chat('m')
  const streamed = streamText({ model, prompt: 'Hello', maxRetries: 0 })
  const pieces: string[] = []
  for await (const piece of streamed.textStream) pieces.push(piece)
  return { text: pieces.join(''), pieces, finish: await streamed.finishReason }
}

describe('Words split across chunks', () => {
  test('are masked where two events share them, at every place', async () => {
    for (let cut = 1; cut < said.length; cut += 1) {
      const { text, finish } = await read(events([said.slice(0, cut), said.slice(cut)]))
      expect([text, finish], `cut after ${cut} units`).toEqual([masked, 'stop'])
    }
  })

  test('are masked where two packets share their event, at every byte', async () => {
    const whole = Buffer.concat(events(['Tell 秘密 and 🍎pie']))
    for (let cut = 1; cut < whole.length; cut += 1) {
      const { text, finish } = await read([whole.subarray(0, cut), whole.subarray(cut)])
      expect([text, finish], `cut after ${cut} bytes`).toEqual(['Tell ** and ****', 'stop'])
    }
  })

  test.for([
    [['All of this is for', 'bid', 'den', ' here'], 'All of this is ', 'content-filter'],
    [['f', 'o', 'r', 'b', 'i', 'd', 'd', 'e', 'n'], '', 'content-filter'],
    [['A for', 'bid is none, and se', 'c', 'ret is one'], 'A forbid is none, and ****** is one', 'stop'],
    [['The word is 秘', '密。', '秘', '诀 is none'], 'The word is **。秘诀 is none', 'stop'],
    [['It ends in sec'], 'It ends in sec', 'stop'],
  ] as const)('of %j leave %j, finished by %s', async ([pieces, left, finish], { annotate }) => {
    const got = await read(events(pieces))
    await annotate(`| ${pieces.join('¦')} | ${got.pieces.join('¦')} | ${got.finish} |`)
    expect([got.text, got.finish]).toEqual([left, finish])
  })
})
