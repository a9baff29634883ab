import { createOpenAI } from '@ai-sdk/openai'
import {
  embedMany,
  experimental_generateImage as generateImage,
  experimental_generateSpeech as generateSpeech,
  generateText,
} from 'ai'
import OpenAI, { toFile } from 'openai'
import { expect } from 'vitest'
import { pixels } from './openai-server.ts'
import { callersKey, type RouteCaller, type RouteCallers } from './route-caller.ts'

const prompt = 'How many roads must a man walk down?'
const open = (url: string) => new OpenAI({ baseURL: `${url}/v1`, apiKey: callersKey, maxRetries: 0 })
const aiSdk = (url: string) => createOpenAI({ baseURL: `${url}/v1`, apiKey: callersKey })

const openai = (call: (client: OpenAI) => Promise<void>): RouteCaller => ({
  client: 'openai',
  call: (url) => call(open(url)),
})

const both = (
  call: (client: OpenAI) => Promise<void>,
  also: (url: string) => Promise<void>,
): RouteCaller => ({
  client: 'openai and AI SDK',
  call: async (url) => {
    await call(open(url))
    await also(url)
  },
})

const embeddings = both(
  async (client) => {
    // The client asks for base64 by itself, and reads it.
    const { data, usage } = await client.embeddings.create({ model: 'embedder', input: ['one', 'two'] })
    expect(data.map(({ embedding }) => embedding.length > 1)).toEqual([true, true])
    expect(usage.prompt_tokens).toBeGreaterThan(0)
  },
  async (url) => {
    const model = aiSdk(url).embedding('embedder')
    const { embeddings: found } = await embedMany({ model, values: ['one', 'two'], maxRetries: 0 })
    expect(found.map((vector) => vector.length > 1)).toEqual([true, true])
  },
)

export const textCallers: RouteCallers = {
  // Tools, errors and every provider: official-clients.hazard.test.ts and ai-sdk.hazard.test.ts.
  'chat-completions': openai(async (client) => {
    const messages = [{ role: 'user' as const, content: prompt }]
    const whole = await client.chat.completions.create({ model: 'talker', messages })
    expect(whole.choices[0]?.message.content).toContain(prompt)
    const stream = client.chat.completions.stream({ model: 'talker', messages })
    const streamed = await stream.finalChatCompletion()
    expect(streamed.choices[0]?.message.content).toContain(prompt)
  }),
  completions: both(
    async (client) => {
      const whole = await client.completions.create({ model: 'talker', prompt })
      expect(whole.choices[0]?.text).toContain(prompt)
      let text = ''
      const request = { model: 'talker', prompt, stream: true } as const
      for await (const { choices } of await client.completions.create(request)) text += choices[0]?.text ?? ''
      expect(text).toBe(whole.choices[0]?.text)
    },
    async (url) => {
      const { text } = await generateText({ model: aiSdk(url).completion('talker'), prompt, maxRetries: 0 })
      expect(text).toContain(prompt)
    },
  ),
  embeddings,
}

export const embeddingCallers: RouteCallers = { embeddings }

const png = () => toFile(pixels, 'in.png', { type: 'image/png' })
const isPainted = ({ data }: OpenAI.ImagesResponse) =>
  expect(data?.map(({ b64_json }) => Buffer.from(b64_json ?? '', 'base64'))).toEqual([pixels])

export const imageCallers: RouteCallers = {
  'images-generations': both(
    async (client) => isPainted(await client.images.generate({ model: 'painter', prompt })),
    async (url) => {
      const { image } = await generateImage({ model: aiSdk(url).image('gpt-image-1'), prompt, maxRetries: 0 })
      expect(Buffer.from(image.uint8Array)).toEqual(pixels)
    },
  ),
  'images-edits': openai(async (client) =>
    isPainted(await client.images.edit({ model: 'painter', image: [await png(), await png()], prompt })),
  ),
  'images-variations': openai(async (client) =>
    isPainted(await client.images.createVariation({ model: 'painter', image: await png() })),
  ),
}

export const speechCallers: RouteCallers = {
  'audio-speech': both(
    async (client) => {
      const spoken = await client.audio.speech.create({
        ...{ model: 'speaker', voice: 'alloy', input: 'hello', response_format: 'wav' },
      })
      expect(
        Buffer.from(await spoken.arrayBuffer())
          .subarray(0, 4)
          .toString(),
      ).toBe('RIFF')
    },
    async (url) => {
      const model = aiSdk(url).speech('speaker')
      const request = { model, text: 'hello', voice: 'alloy', outputFormat: 'wav', maxRetries: 0 }
      const { audio } = await generateSpeech(request)
      expect(Buffer.from(audio.uint8Array).subarray(0, 4).toString()).toBe('RIFF')
    },
  ),
}

const lines = Buffer.from('{"custom_id":"1"}\n{"custom_id":"2"}\n')
const upload = async (client: OpenAI, purpose: 'batch' | 'fine-tune') =>
  await client.files.create({ file: await toFile(lines, 'in.jsonl'), purpose })
const idsOf = async (page: AsyncIterable<{ id: string }>) => {
  const ids: string[] = []
  for await (const { id } of page) ids.push(id)
  return ids
}

export const otherCallers: RouteCallers = {
  models: openai(async (client) => {
    expect(await idsOf(client.models.list())).toEqual(['talker', 'org/painter'])
    expect((await client.models.retrieve('org/painter')).id).toBe('org/painter')
    expect((await client.models.delete('talker')).deleted).toBe(true)
  }),
  files: openai(async (client) => {
    const { id } = await upload(client, 'batch')
    expect(await client.files.retrieve(id)).toMatchObject({ bytes: lines.length, filename: 'in.jsonl' })
    expect(await (await client.files.content(id)).text()).toBe(lines.toString())
    expect(await idsOf(client.files.list({ limit: 1 }))).toContain(id)
    expect((await client.files.waitForProcessing(id)).status).toBe('processed')
    expect((await client.files.delete(id)).deleted).toBe(true)
    await expect(client.files.retrieve(id)).rejects.toBeInstanceOf(OpenAI.NotFoundError)
  }),
  batches: openai(async (client) => {
    const { id: input } = await upload(client, 'batch')
    const made = await client.batches.create({
      input_file_id: input,
      endpoint: '/v1/chat/completions',
      completion_window: '24h',
    })
    expect(made.status).toBe('in_progress')
    const done = await client.batches.retrieve(made.id)
    expect(done.status).toBe('completed')
    expect(await (await client.files.content(done.output_file_id ?? '')).text()).toBe(lines.toString())
    expect(await idsOf(client.batches.list({ limit: 1 }))).toContain(made.id)
    expect((await client.batches.cancel(made.id)).status).toBe('cancelled')
  }),
  'fine-tuning-jobs': openai(async (client) => {
    const { id: training } = await upload(client, 'fine-tune')
    const job = await client.fineTuning.jobs.create({ model: 'talker', training_file: training })
    expect((await client.fineTuning.jobs.retrieve(job.id)).status).toBe('running')
    expect(await idsOf(client.fineTuning.jobs.list({ limit: 1 }))).toContain(job.id)
    expect(await idsOf(client.fineTuning.jobs.listEvents(job.id))).toEqual(['event-1', 'event-2'])
    expect(await idsOf(client.fineTuning.jobs.checkpoints.list(job.id))).toEqual([])
    expect((await client.fineTuning.jobs.cancel(job.id)).status).toBe('cancelled')
  }),
}
