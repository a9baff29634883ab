import { apiTypeFacts } from '@/lib/domain/api-type.ts'
import type { ModelApiRoute, RouteMethod } from '@/lib/domain/model-api-routes.ts'

/** What a test call starts with: text of JSON, names of a form's parts (those of files marked), or nothing. */
export type SampleBody =
  | { readonly type: 'json'; readonly text: string }
  | { readonly type: 'form'; readonly parts: readonly SamplePart[] }
  | { readonly type: 'none' }

export interface SamplePart {
  readonly type: 'text' | 'file'
  readonly name: string
  readonly value: string
}

type JsonSample = (model: string) => Readonly<Record<string, unknown>>

const picture = 'https://example.com/picture.png'

/** By the names of routes. */
const jsonSamples: Readonly<Record<string, JsonSample>> = {
  'chat-completions': apiTypeFacts['openai-chat'].sampleBody,
  completions: apiTypeFacts['openai-completions'].sampleBody,
  embeddings: apiTypeFacts['openai-embeddings'].sampleBody,
  messages: apiTypeFacts['anthropic-messages'].sampleBody,
  rerank: apiTypeFacts.rerank.sampleBody,
  'images-generations': apiTypeFacts['openai-images'].sampleBody,
  'audio-speech': apiTypeFacts['openai-speech'].sampleBody,
  'text-rerank': (model) => ({
    model,
    input: { query: 'Which one is a fruit?', documents: ['an apple', 'a train'] },
    parameters: { return_documents: true, top_n: 2 },
  }),
  'text-to-image': (model) => ({ model, input: { prompt: 'a red bicycle' }, parameters: { n: 1 } }),
  'image-to-image': (model) => ({ model, input: { prompt: 'at night', ref_image_url: picture } }),
  'out-painting': (model) => ({ model, input: { image_url: picture }, parameters: { x_scale: 2 } }),
  'virtual-model': (model) => ({ model, input: { base_image_url: picture, prompt: 'a street' } }),
  background: (model) => ({ model, input: { base_image_url: picture, ref_prompt: 'a beach' } }),
  video: (model) => ({ model, input: { prompt: 'a red bicycle on a road' } }),
  'image-to-video': (model) => ({ model, input: { first_frame_url: picture, prompt: 'it starts to rain' } }),
  batches: () => ({ input_file_id: '', endpoint: '/v1/chat/completions', completion_window: '24h' }),
  'fine-tuning-jobs': (model) => ({ model, training_file: '' }),
  prompt: () => ({ prompt: {} }),
}

const text = (name: string, value: string): SamplePart => ({ type: 'text', name, value })
const file = (name: string): SamplePart => ({ type: 'file', name, value: '' })

const formSamples: Readonly<Record<string, (model: string) => readonly SamplePart[]>> = {
  'images-edits': (model) => [text('model', model), text('prompt', 'add a basket'), file('image')],
  'images-variations': (model) => [text('model', model), file('image')],
  files: () => [text('purpose', 'batch'), file('file')],
  'upload-image': () => [file('image')],
  'upload-mask': () => [file('image')],
}

/** A request that the route takes, as far as one can be given without knowing what is stored. */
export function sampleBody({ name, carries }: ModelApiRoute, method: RouteMethod, model: string): SampleBody {
  if (method === 'GET' || method === 'DELETE') return { type: 'none' }
  const parts = formSamples[name]
  if (parts !== undefined) return { type: 'form', parts: parts(model) }
  if (carries.includes('multipart')) return { type: 'form', parts: [file('file')] }
  return { type: 'json', text: JSON.stringify(jsonSamples[name]?.(model) ?? {}, null, 2) }
}

/** The method that a test call of the route begins with. */
export function firstMethod({ methods, name }: ModelApiRoute): RouteMethod {
  if (formSamples[name] !== undefined && methods.includes('POST')) return 'POST'
  return methods.includes('POST') && methods.length < 3 ? 'POST' : (methods[0] ?? 'GET')
}
