import { anthropicMessages } from './anthropic-messages/anthropic-messages.ts'
import { bedrockConverse } from './bedrock-converse/bedrock-converse.ts'
import type {
  CallerCodec,
  ChatFormat,
  EmbeddingCodec,
  EmbeddingFormat,
  ServiceCodec,
  WireFormat,
} from './codec.ts'
import { dashscope } from './dashscope/dashscope.ts'
import { dashscopeEmbeddings } from './dashscope-embeddings/dashscope-embeddings.ts'
import { difyChat } from './dify-chat/dify-chat.ts'
import { difyWorkflow } from './dify-workflow/dify-workflow.ts'
import { gemini } from './gemini/gemini.ts'
import { geminiEmbeddings } from './gemini-embeddings/gemini-embeddings.ts'
import { hunyuan } from './hunyuan/hunyuan.ts'
import { modelStudioApp } from './model-studio-app/model-studio-app.ts'
import { openaiChat } from './openai-chat/openai-chat.ts'
import { openaiCompletions } from './openai-completions/openai-completions.ts'
import { openaiEmbeddings } from './openai-embeddings/openai-embeddings.ts'

/** One line for each format. */
const serviceCodecs: Readonly<Record<ChatFormat, ServiceCodec>> = {
  'openai-chat': openaiChat,
  'openai-completions': openaiCompletions,
  'anthropic-messages': anthropicMessages,
  gemini,
  'bedrock-converse': bedrockConverse,
  dashscope,
  hunyuan,
  'dify-chat': difyChat,
  'dify-workflow': difyWorkflow,
  'model-studio-app': modelStudioApp,
}

/** Formats that callers may speak, one line for each. */
const callerCodecs: Partial<Record<ChatFormat, CallerCodec>> = {
  'openai-chat': openaiChat,
  'openai-completions': openaiCompletions,
  'anthropic-messages': anthropicMessages,
  gemini,
  'bedrock-converse': bedrockConverse,
  dashscope,
}

const embeddingCodecs: Readonly<Record<EmbeddingFormat, EmbeddingCodec>> = {
  'openai-embeddings': openaiEmbeddings,
  'gemini-embeddings': geminiEmbeddings,
  'dashscope-embeddings': dashscopeEmbeddings,
}

export function serviceCodecOf(format: ChatFormat): ServiceCodec {
  return serviceCodecs[format]
}

export function callerCodecOf(format: ChatFormat): CallerCodec {
  const codec = callerCodecs[format]
  if (codec === undefined) throw new TypeError(`Callers do not speak ${format}.`)
  return codec
}

export function embeddingCodecOf(format: EmbeddingFormat): EmbeddingCodec {
  return embeddingCodecs[format]
}

export function isEmbeddingFormat(format: WireFormat): format is EmbeddingFormat {
  return format in embeddingCodecs
}
