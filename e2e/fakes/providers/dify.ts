import * as z from 'zod'
import { complete, type FakeCompletion } from './fake-completion.ts'
import {
  type FakeOperation,
  FakeRefusal,
  type FakeReply,
  type FakeService,
  hasBearer,
  type ProviderFake,
  type Refusal,
  type RefusalAnswer,
  readBody,
} from './provider-fake.ts'

const file = z.strictObject({
  type: z.enum(['document', 'image', 'audio', 'video', 'custom']),
  transfer_method: z.literal('remote_url'),
  url: z.url(),
})
const common = {
  inputs: z.record(z.string(), z.unknown()),
  response_mode: z.enum(['streaming', 'blocking']),
  user: z.string().min(1),
  files: z.array(file).optional(),
}

/** https://docs.dify.ai/api-reference/chat/send-chat-message */
const chatBody = z.strictObject({
  ...common,
  query: z.string().min(1),
  conversation_id: z.string().optional(),
  auto_generate_name: z.boolean().optional(),
})

/** https://docs.dify.ai/api-reference/workflow-execution/execute-workflow; its start node requires `question`. */
const workflowBody = z.strictObject({ ...common, inputs: z.strictObject({ question: z.string().min(1) }) })

/** Of an agent, which thinks aloud and answers streams only. */
export const difyAgentKey = 'app-of-an-agent'

const task = { task_id: 'c3800678-a077-43df-a102-53f23ed20b88', created_at: 1_760_000_000 }
const message = {
  ...task,
  id: '9da23599-e713-473b-982c-4328d4f5c78a',
  message_id: '9da23599-e713-473b-982c-4328d4f5c78a',
  conversation_id: '45701982-8118-4bc5-8e9b-64562b4555f2',
}

const chatMessages: FakeOperation = {
  method: 'POST',
  path: /^\/v1\/chat-messages$/,
  isAuthorized: hasBearer,
  answer: (call) => {
    const body = readBody(chatBody, call)
    const isAgent = call.headers.authorization === `Bearer ${difyAgentKey}`
    const isStream = body.response_mode === 'streaming'
    if (isAgent && !isStream) {
      throw new FakeRefusal('body', 'Agent Chat App does not support blocking mode')
    }
    return chatReply(answerTo(body.query), isStream, isAgent ? 'agent_message' : 'message')
  },
}

const runWorkflow: FakeOperation = {
  method: 'POST',
  path: /^\/v1\/workflows\/run$/,
  isAuthorized: hasBearer,
  answer: (call) => {
    const body = readBody(workflowBody, call)
    return workflowReply(answerTo(body.inputs.question), body.response_mode === 'streaming')
  },
}

function answerTo(prompt: string): FakeCompletion {
  const asked = { model: 'an application', prompt, messages: 1, text: prompt, tools: [] }
  return complete({ ...asked, choice: 'none', answersTools: false, maxTokens: null, reasons: false })
}

/** Dify tells nothing of caches and reasoning. */
function told({ usage }: FakeCompletion) {
  return { ...usage, cached: 0, reasoning: 0 }
}

function modelUsage({ usage }: FakeCompletion) {
  return {
    prompt_tokens: usage.input,
    prompt_unit_price: '0.001',
    completion_tokens: usage.output,
    completion_unit_price: '0.002',
    total_tokens: usage.input + usage.output,
    total_price: '0.0012890',
    currency: 'USD',
    latency: 0.76,
  }
}

function chatReply(completion: FakeCompletion, isStream: boolean, name: string): FakeReply {
  const metadata = { usage: modelUsage(completion), retriever_resources: [] }
  const usage = told(completion)
  if (!isStream) {
    const json = { event: 'message', ...message, mode: 'chat', answer: completion.pieces.join(''), metadata }
    return { json, usage }
  }
  const piece = (answer: string) => frame({ event: name, ...message, answer })
  const thought = { event: 'agent_thought', ...message, position: 1, thought: '', observation: '', tool: '' }
  return {
    contentType: 'text/event-stream',
    frames: [
      ...(name === 'agent_message' ? [frame(thought)] : []),
      'event: ping\n\n',
      ...completion.pieces.map(piece),
      frame({ event: 'message_end', ...message, metadata }),
    ],
    filler: piece('more '),
    failure: failureFrame,
    usage,
  }
}

function workflowReply(completion: FakeCompletion, isStream: boolean): FakeReply {
  const run = { workflow_run_id: 'fb47b2e6-5e43-4f90-be01-d5c5a088d156', task_id: task.task_id }
  const total = completion.usage.input + completion.usage.output
  const data = {
    id: run.workflow_run_id,
    workflow_id: '5f0f2c1a-7d11-4a4e-8f6d-2f2f4f1f9c77',
    status: 'succeeded',
    outputs: { text: completion.pieces.join('') },
    error: null,
    elapsed_time: 0.875,
    total_tokens: total,
    total_steps: 3,
    created_at: task.created_at,
    finished_at: task.created_at + 1,
  }
  // Without a stream only the sum of a run's tokens is told.
  if (!isStream) return { json: { ...run, data }, usage: { ...told(completion), input: null, output: total } }
  const chunk = (text: string) =>
    frame({ event: 'text_chunk', ...run, data: { text, from_variable_selector: ['1721365917005', 'text'] } })
  const node = { node_type: 'llm', status: 'succeeded', outputs: { usage: modelUsage(completion) } }
  return {
    contentType: 'text/event-stream',
    frames: [
      frame({ event: 'workflow_started', ...run, data: { id: data.id, created_at: data.created_at } }),
      frame({ event: 'node_started', ...run, data: { node_type: 'start', title: 'Start' } }),
      'event: ping\n\n',
      ...completion.pieces.map(chunk),
      frame({ event: 'node_finished', ...run, data: node }),
      frame({ event: 'workflow_finished', ...run, data }),
    ],
    filler: chunk('more '),
    failure: failureFrame,
    usage: told(completion),
  }
}

const failureFrame = frame({
  event: 'error',
  ...message,
  status: 400,
  code: 'completion_request_error',
  message: 'The model has failed.',
})

function frame(value: unknown): string {
  return `data: ${JSON.stringify(value)}\n\n`
}

const errors: Readonly<Record<Refusal['kind'], readonly [number, string]>> = {
  path: [404, 'not_found'],
  method: [405, 'method_not_allowed'],
  key: [401, 'unauthorized'],
  forbidden: [403, 'forbidden'],
  body: [400, 'invalid_param'],
  model: [400, 'app_unavailable'],
  rate: [429, 'too_many_requests'],
  failure: [500, 'internal_server_error'],
}

function refuse({ kind, message: text }: Refusal): RefusalAnswer {
  const [status, code] = errors[kind]
  return { status, body: { code, message: text, status } }
}

function service(options: FakeService['options'], variant: string): FakeService {
  return {
    protocol: 'native',
    variant,
    basePath: '/v1',
    options,
    key: `app-of-a-${variant}`,
    wrongKey: 'app-wrong',
    model: null,
    embeddingModel: null,
  }
}

export const difyFake: ProviderFake = {
  id: 'dify',
  services: [
    service({ application: 'agent' }, 'chat'),
    service({ application: 'workflow', inputVariable: 'question' }, 'workflow'),
  ],
  operations: [chatMessages, runWorkflow],
  refuse,
}
