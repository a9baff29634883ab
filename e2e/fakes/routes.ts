import { anthropicMessages } from './anthropic-messages.ts'
import { type Exchange, type Handler, sendBytes, sendJson } from './exchange.ts'
import { openaiChat } from './openai-chat.ts'
import { openaiCompletions } from './openai-completions.ts'
import { openaiEmbeddings } from './openai-embeddings.ts'
import { openaiImages } from './openai-images.ts'
import { openaiSpeech } from './openai-speech.ts'
import { rerank } from './rerank.ts'

/** Path → method → handler. What is not here answers 404, what is here under another method 405, as vLLM does. */
export const routes: Record<string, Record<string, Handler>> = {
  '/v1/chat/completions': { POST: openaiChat },
  '/v1/completions': { POST: openaiCompletions },
  '/v1/embeddings': { POST: openaiEmbeddings },
  '/v1/messages': { POST: anthropicMessages },
  '/v1/images/generations': { POST: openaiImages },
  '/v1/audio/speech': { POST: openaiSpeech },
  '/v1/rerank': { POST: rerank },
  '/v2/rerank': { POST: rerank },
  '/rerank': { POST: rerank },
  '/': { POST: processor },
}

/** A generic processor, as the SDKs call it: the bytes come back as they were sent. */
async function processor(exchange: Exchange): Promise<void> {
  const type = exchange.request.headers['content-type'] ?? 'application/octet-stream'
  await sendBytes(exchange, type, exchange.body)
}

export async function sendError(exchange: Exchange, status: number, message: string, param: string | null) {
  const body =
    exchange.path === '/v1/messages' ? anthropicError(status, message) : openaiError(status, message, param)
  await sendJson(exchange, body, status)
}

function openaiError(status: number, message: string, param: string | null) {
  return {
    error: { message, type: errorType(status), param, code: status === 404 ? 'model_not_found' : null },
  }
}

function anthropicError(status: number, message: string) {
  return { type: 'error', error: { type: errorType(status), message } }
}

function errorType(status: number): string {
  if (status === 401) return 'authentication_error'
  if (status === 404) return 'not_found_error'
  if (status === 429) return 'rate_limit_error'
  return status < 500 ? 'invalid_request_error' : 'server_error'
}
