import * as z from 'zod'

/** The caller's mistake, to be told in the wire format's own error shape. */
export class RequestError extends Error {
  override readonly name = 'RequestError'
  readonly status: number
  readonly param: string | null

  constructor(status: number, message: string, param: string | null = null) {
    super(message)
    this.status = status
    this.param = param
  }
}

export function parseBody<Schema extends z.ZodType>(schema: Schema, body: Buffer): z.infer<Schema> {
  const result = schema.safeParse(parseJson(body))
  if (result.success) return result.data
  const [issue] = result.error.issues
  const param = issue === undefined || issue.path.length === 0 ? null : issue.path.join('.')
  throw new RequestError(
    400,
    issue === undefined ? 'Invalid body.' : `${param ?? 'body'}: ${issue.message}`,
    param,
  )
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    throw new RequestError(400, 'The body is not valid JSON.')
  }
}

/** Text of a message whose content is a string or a list of parts, as both OpenAI and Anthropic allow. */
export const content = z.union([z.string(), z.array(z.looseObject({ type: z.string() }))])

export function textOf(value: z.infer<typeof content> | null | undefined): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  return value.map((part) => (typeof part['text'] === 'string' ? part['text'] : '')).join('')
}
