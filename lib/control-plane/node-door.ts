import { createHash, timingSafeEqual } from 'node:crypto'
import { sharedGatewayId } from '@/lib/domain/gateway.ts'
import { findGateway } from '@/lib/persistence/gateway-store.ts'
import { type NodeReport, nodeReport } from '@/lib/snapshot/node-report.ts'
import type { ControlPlane } from './control-plane.ts'

/**
 * The door that only gateway nodes use. The node token opens it and nothing else does, because a snapshot
 * carries every token of its gateway.
 */

const reportBytesMax = 2 * 1024 * 1024
const heartbeatMs = 10_000

/** Open streams end at shutdown, or the process would wait for them. */
const holder = globalThis as { __switchyardShutdown?: Set<() => void | Promise<void>> }

export function isNode(request: Request, nodeToken: string): boolean {
  const shown = /^Bearer (.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? ''
  return timingSafeEqual(digest(shown), digest(nodeToken))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** Null where nodes may say `shared`, or an id that no gateway has. */
export async function gatewayIdOf(plane: ControlPlane, name: string | null): Promise<string | null> {
  if (name === null) return null
  const id = name === 'shared' ? sharedGatewayId : name
  return (await findGateway(plane.database, id)) === null ? null : id
}

/** Server-sent events: `snapshot` with the encoded snapshot, at once and on each change; `heartbeat` between. */
export function snapshotStream(plane: ControlPlane, gatewayId: string): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let stop = () => {}
  return new ReadableStream({
    start(controller) {
      const send = (event: string, data: string) => {
        try {
          controller.enqueue(encoder.encode(`event: ${event}\ndata: ${data}\n\n`))
        } catch {
          // The stream ended without a word; the other nodes must still be told.
          stop()
        }
      }
      const leave = plane.publisher.subscribe(gatewayId, ({ text }) => send('snapshot', text))
      const heartbeat = setInterval(() => send('heartbeat', '{}'), heartbeatMs)
      const close = () => {
        stop()
        controller.close()
      }
      stop = () => {
        leave()
        clearInterval(heartbeat)
        holder.__switchyardShutdown?.delete(close)
      }
      holder.__switchyardShutdown ??= new Set()
      holder.__switchyardShutdown.add(close)
      send('heartbeat', '{}')
    },
    cancel() {
      stop()
    },
  })
}

export type ReportReading =
  | { readonly ok: true; readonly report: NodeReport }
  | { readonly ok: false; readonly status: 400 | 413; readonly detail: string }

/** Reads a report strictly: a node of another version is told what does not fit. */
export async function readReport(request: Request): Promise<ReportReading> {
  const declared = Number(request.headers.get('content-length') ?? 0)
  if (declared > reportBytesMax) return tooLarge
  const text = await request.text()
  if (text.length > reportBytesMax) return tooLarge
  try {
    const parsed = nodeReport.safeParse(JSON.parse(text))
    if (parsed.success) return { ok: true, report: parsed.data }
    const issue = parsed.error.issues[0]
    return refused(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not a report'}`)
  } catch {
    return refused('The report is not JSON.')
  }
}

const tooLarge: ReportReading = { ok: false, status: 413, detail: 'A report has at most 2 MiB.' }

function refused(detail: string): ReportReading {
  return { ok: false, status: 400, detail }
}
