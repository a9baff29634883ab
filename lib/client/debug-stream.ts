import { type DebugEvent, type DebugForm, debugEvent } from '@/lib/domain/debug.ts'
import { apiPath, openStream } from './console-api.ts'
import { ConsoleApiError } from './console-api-error.ts'

/** Calls a Model API in the console's name and tells what happens as it does, in batches; aborting cancels the call. */
export async function* debugEvents(
  workspace: string,
  modelApiId: string,
  input: DebugForm,
  signal: AbortSignal,
): AsyncGenerator<readonly DebugEvent[]> {
  const path = apiPath('workspaces', workspace, 'model-apis', modelApiId, 'debug')
  const body = await openStream(path, input, signal)
  let hasEnded = false
  for await (const lines of linesOf(body)) {
    const events = lines.flatMap(readEvent)
    hasEnded ||= events.some(({ type }) => type === 'end')
    yield events
  }
  if (!hasEnded) throw ConsoleApiError.unreachable(new Error('The stream ended before its end event.'))
}

/** The whole lines of each chunk that comes; empty ones are left out. */
export async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<readonly string[]> {
  const decoder = new TextDecoder()
  const reader = body.getReader()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      const pieces = (rest + (done ? decoder.decode() : decoder.decode(value, { stream: true }))).split('\n')
      rest = done ? '' : (pieces.pop() ?? '')
      const lines = pieces.filter((line) => line.trim() !== '')
      if (lines.length > 0) yield lines
      if (done) return
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

/** Events that this page does not know are left out: the console may be newer than the page. */
function readEvent(line: string): DebugEvent[] {
  const parsed = debugEvent.safeParse(parseLine(line))
  return parsed.success ? [parsed.data] : []
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
