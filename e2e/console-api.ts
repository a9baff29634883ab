export interface ApiAnswer<Body = unknown> {
  readonly status: number
  readonly headers: Headers
  readonly body: Body
}

export interface ConsoleApi {
  send<Body = unknown>(method: string, path: string, body?: unknown): Promise<ApiAnswer<Body>>
  get<Body>(path: string): Promise<Body>
  post<Body>(path: string, body?: unknown): Promise<Body>
  patch<Body>(path: string, body: unknown): Promise<Body>
  delete(path: string): Promise<void>
}

/** The console's API by token. Paths are below `/api/v1`; all but `send` throw on anything but success. */
export function createConsoleApi(consoleUrl: string, token: string): ConsoleApi {
  async function send<Body>(method: string, path: string, body?: unknown): Promise<ApiAnswer<Body>> {
    const answer = await fetch(`${consoleUrl}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    })
    const text = await answer.text()
    return { status: answer.status, headers: answer.headers, body: text === '' ? null : JSON.parse(text) }
  }
  async function succeed<Body>(method: string, path: string, body?: unknown): Promise<Body> {
    const answer = await send<Body>(method, path, body)
    if (answer.status >= 300) {
      throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
    }
    return answer.body
  }
  return {
    send,
    get: (path) => succeed('GET', path),
    post: (path, body = {}) => succeed('POST', path, body),
    patch: (path, body) => succeed('PATCH', path, body),
    delete: (path) => succeed('DELETE', path),
  }
}
