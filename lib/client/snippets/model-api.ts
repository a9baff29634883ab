import type { SampleCall } from '@/lib/client/model-api-call.ts'
import { pythonLiteral, quote } from './code-literal.ts'
import { plainOrQuoted } from './curl.ts'
import { quoteBash } from './quote-shell.ts'
import { fixedHeaders } from './snippet-input.ts'

export const modelApiLanguages = ['curl', 'sdk'] as const
export type ModelApiLanguage = (typeof modelApiLanguages)[number]

/** Holds the key of a consumer, which no page knows. */
export const keyVariable = 'CONSUMER_KEY'

/** A call of a Model API in bash; nothing in it is left to fill in but a consumer's key. */
export function modelApiCurl({ apiType, url, body, needsKey }: SampleCall): string {
  const headers = { 'Content-Type': 'application/json', ...fixedHeaders(apiType) }
  return [
    `curl ${plainOrQuoted(url)}`,
    ...(needsKey ? [`-H "Authorization: Bearer $${keyVariable}"`] : []),
    ...Object.entries(headers).map(([name, value]) => `-H ${quoteBash(`${name}: ${value}`)}`),
    `-d ${quoteBash(JSON.stringify(body, null, 2).replaceAll('\n', '\n  '))}`,
  ].join(' \\\n  ')
}

/** The same with the Python SDK of the protocol, which appends the path to its base address and insists on a key. */
export function modelApiSdk({ apiType, url, body, needsKey }: SampleCall): string {
  const sdk =
    apiType === 'anthropic-messages'
      ? {
          client: 'Anthropic',
          from: 'anthropic',
          tail: '/v1/messages',
          method: 'messages.create',
          answer: 'content[0].text',
        }
      : {
          client: 'OpenAI',
          from: 'openai',
          tail: '/chat/completions',
          method: 'chat.completions.create',
          answer: 'choices[0].message.content',
        }
  const base = url.endsWith(sdk.tail) ? url.slice(0, -sdk.tail.length) : url
  const parameters = Object.entries(body).map(([name, value]) => `    ${name}=${pythonLiteral(value, 1)},`)
  const key = needsKey ? `os.environ[${quote(keyVariable)}]` : quote('unused')
  return [
    ...(needsKey ? ['import os', ''] : []),
    `from ${sdk.from} import ${sdk.client}`,
    '',
    `client = ${sdk.client}(base_url=${quote(base)}, api_key=${key})`,
    '',
    `answer = client.${sdk.method}(`,
    ...parameters,
    ')',
    `print(answer.${sdk.answer})`,
  ].join('\n')
}
