import type { DebugForm } from '@/lib/domain/debug.ts'
import { plainOrQuoted } from './curl.ts'
import { keyVariable } from './model-api.ts'
import { quoteBash } from './quote-shell.ts'

export interface CurlRequest {
  readonly method: string
  readonly url: string
  /** Those of a form's body are left to curl. */
  readonly headers: readonly (readonly [string, string])[]
  readonly body: DebugForm['body']
  /** Prints the answer as it comes. */
  readonly streams: boolean
}

const key = `$${keyVariable}`

/** The request in bash, byte for byte; of a form the same parts. */
export function requestCurl({ method, url, headers, body, streams }: CurlRequest): string {
  const usual = (body ?? null) === null ? 'GET' : 'POST'
  return [
    `curl ${url.includes(key) ? expanding(url) : plainOrQuoted(url)}`,
    ...(streams ? ['--no-buffer'] : []),
    ...(method === usual ? [] : [`-X ${method}`]),
    ...headers.map(([name, value]) => `-H ${quoteHeader(`${name}: ${value}`)}`),
    ...bodyOptions(body),
  ].join(' \\\n  ')
}

function bodyOptions(body: DebugForm['body']): string[] {
  if (body === null || body === undefined) return []
  // `-d` would take a text that begins with @ for a file.
  if (body.type === 'json') return [`--data-raw ${quoteBash(body.text)}`]
  return body.parts.map((part) =>
    part.type === 'text'
      ? `--form-string ${quoteBash(`${part.name}=${part.value}`)}`
      : `-F ${quoteBash(`${part.name}=@${quoteFileName(part.fileName)};type=${part.contentType}`)}`,
  )
}

function quoteHeader(line: string): string {
  return line.includes(key) ? expanding(line) : quoteBash(line)
}

/** One argument in which the key takes the place of its variable, and nothing else is expanded. */
function expanding(text: string): string {
  const pieces = text.split(key).map((piece) => piece.replaceAll(/["\\`$]/g, '\\$&'))
  return `"${pieces.join(key)}"`
}

/** Curl's own quotes, so that a semicolon or a comma ends nothing. */
function quoteFileName(name: string): string {
  return `"${name.replaceAll(/["\\]/g, '\\$&')}"`
}
