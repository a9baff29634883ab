import type { ProviderFake, Refusal, RefusalAnswer } from '../provider-fake.ts'
import { anthropicMessages } from './anthropic-messages.ts'
import { type OpenAiChatShape, openAiChat } from './openai-chat.ts'
import { openAiRefusal } from './openai-refusal.ts'
import { openAiCompletions, openAiEmbeddings, openAiModels } from './openai-rest.ts'

export interface OpenAiProviderShape {
  readonly id: string
  /** As a service's base URL ends. */
  readonly basePath: string
  /** Where operations are, when that is not the base. */
  readonly operationsPath?: string
  readonly key: string
  readonly wrongKey: string
  readonly models: readonly string[]
  readonly embeddingModel?: string
  readonly hasCompletions?: boolean
  readonly listsModels: boolean
  /** `/anthropic/v1/messages` */
  readonly anthropicPath?: string
  readonly chat: Omit<OpenAiChatShape, 'path' | 'models'>
  refuse?(refusal: Refusal): RefusalAnswer
}

/** A provider of one key and OpenAI's paths below its base. */
export function openAiProvider(shape: OpenAiProviderShape): ProviderFake {
  const { models, embeddingModel = null } = shape
  const base = shape.operationsPath ?? shape.basePath
  const withEmbeddings = embeddingModel === null ? models : [...models, embeddingModel]
  const rest = { models: withEmbeddings }
  return {
    id: shape.id,
    services: [
      {
        protocol: 'openai',
        basePath: shape.basePath,
        options: {},
        key: shape.key,
        wrongKey: shape.wrongKey,
        model: models[0] ?? null,
        embeddingModel,
      },
    ],
    operations: [
      openAiChat({ ...shape.chat, path: `${base}/chat/completions`, models }),
      ...(shape.hasCompletions === true ? [openAiCompletions({ path: `${base}/completions`, ...rest })] : []),
      ...(embeddingModel === null ? [] : [openAiEmbeddings({ path: `${base}/embeddings`, ...rest })]),
      ...(shape.listsModels ? [openAiModels({ path: `${base}/models`, ...rest })] : []),
      ...(shape.anthropicPath === undefined
        ? []
        : [anthropicMessages({ path: shape.anthropicPath, models })]),
    ],
    refuse: shape.refuse ?? openAiRefusal,
  }
}

/** Status, code and type for each kind of refusal, in `{ error: { message, type, param, code } }`. */
export type ErrorTable = Readonly<
  Record<Refusal['kind'], readonly [status: number, code: string | null, type: string | null]>
>

export function refuseBy(table: ErrorTable): (refusal: Refusal) => RefusalAnswer {
  return ({ kind, message, param }) => {
    const [status, code, type] = table[kind]
    return { status, body: { error: { message, type, param, code } } }
  }
}
