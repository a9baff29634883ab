import { controlPlane } from '@/lib/control-plane/control-plane.ts'
import { onShutdown } from './on-shutdown.ts'

const heartbeatMs = 10_000

/** Server-sent events: `change` with kind, id and version. A comment every 10 s keeps the connection alive. */
export function workspaceEventStream(workspaceId: string, signal: AbortSignal): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let stop = () => {}
  return new ReadableStream({
    start(controller) {
      const write = (text: string) => controller.enqueue(encoder.encode(text))
      const leave = controlPlane()?.events.subscribe(workspaceId, (event) =>
        write(`event: change\ndata: ${JSON.stringify(event)}\n\n`),
      )
      const heartbeat = setInterval(() => write(': alive\n\n'), heartbeatMs)
      const end = () => {
        stop()
        controller.close()
      }
      const takeBack = onShutdown(end)
      stop = () => {
        leave?.()
        clearInterval(heartbeat)
        takeBack()
      }
      signal.addEventListener('abort', () => stop(), { once: true })
      write(': open\n\n')
    },
    cancel() {
      stop()
    },
  })
}
