import type { QueryKey } from '@tanstack/react-query'
import * as z from 'zod'
import { workspaceKey } from './workspace-keys.ts'

/** `event: change` of `GET /api/v1/workspaces/{ws}/events`. */
const change = z.object({ kind: z.string(), id: z.string(), version: z.number().nullish() })
export type WorkspaceChange = z.infer<typeof change>

export type Liveness = 'live' | 'polling' | 'paused'

interface WatchOptions {
  readonly open: () => EventSource
  readonly onChange: (change: WorkspaceChange) => void
  /** Changes may have been missed: refresh everything. */
  readonly onStale: () => void
  readonly onLiveness?: (liveness: Liveness) => void
}

export interface WorkspaceWatch {
  /** Hidden pages stop listening after a minute; shown again, they catch up. */
  setHidden(hidden: boolean): void
  close(): void
}

const pollMs = 3000
const hiddenGraceMs = 60_000
const reopenMs = 15_000

/** Listens for changes; asks every 3 s while the stream is down; says nothing while the page is hidden. */
export function watchWorkspace(options: WatchOptions): WorkspaceWatch {
  let source: EventSource | null = null
  let liveness: Liveness | null = null
  let pollTimer: ReturnType<typeof setInterval> | undefined
  let reopenTimer: ReturnType<typeof setTimeout> | undefined
  let hideTimer: ReturnType<typeof setTimeout> | undefined

  function report(next: Liveness) {
    if (liveness === next) return
    liveness = next
    options.onLiveness?.(next)
  }

  function open() {
    clearTimeout(reopenTimer)
    source?.close()
    source = options.open()
    source.addEventListener('open', opened)
    source.addEventListener('error', failed)
    source.addEventListener('change', received)
  }

  function opened() {
    clearInterval(pollTimer)
    pollTimer = undefined
    // Whatever happened while nobody listened is not sent again.
    if (liveness === 'polling' || liveness === 'paused') options.onStale()
    report('live')
  }

  function failed() {
    pollTimer ??= setInterval(options.onStale, pollMs)
    report('polling')
    // The browser reconnects by itself after a lost connection, but not after an answer such as 503.
    if (source?.readyState === EventSource.CLOSED) {
      clearTimeout(reopenTimer)
      reopenTimer = setTimeout(open, reopenMs)
    }
  }

  function received(event: MessageEvent<string>) {
    const parsed = change.safeParse(parseJson(event.data))
    if (parsed.success) options.onChange(parsed.data)
    else options.onStale()
  }

  function pause() {
    stop()
    report('paused')
  }

  function stop() {
    clearInterval(pollTimer)
    pollTimer = undefined
    clearTimeout(reopenTimer)
    clearTimeout(hideTimer)
    hideTimer = undefined
    source?.close()
    source = null
  }

  open()
  return {
    setHidden(hidden) {
      clearTimeout(hideTimer)
      if (hidden) hideTimer = setTimeout(pause, hiddenGraceMs)
      else if (source === null) open()
    },
    close: stop,
  }
}

/** Which cached data a change makes stale. An unknown kind refreshes the whole workspace. */
export function staleKeys(workspace: string, { kind }: WorkspaceChange): readonly QueryKey[] {
  const root = workspaceKey(workspace)
  const names = dataOfKind[kind]
  return names ? names.map((name) => [...root, name]) : [root]
}

const dataOfKind: Readonly<Record<string, readonly string[]>> = {
  'inference-service': ['inference-services', 'overview', 'gateways'],
  'service-token': ['inference-services'],
  'instance-health': ['inference-services', 'services', 'overview'],
  service: ['services', 'sources', 'certificates'],
  'service-state': ['services', 'sources'],
  source: ['sources'],
  'model-api': ['model-apis', 'services'],
  consumer: ['consumers', 'gateways'],
  traffic: ['inference-services', 'overview', 'gateways'],
  gateway: ['gateways', 'overview', 'inference-services', 'domains', 'networks'],
  'gateway-node': ['gateways', 'overview', 'inference-services', 'domains'],
  vpc: ['networks', 'gateways', 'inference-services'],
  vswitch: ['networks', 'gateways', 'inference-services'],
  'security-group': ['networks', 'inference-services'],
  'vpc-consent': ['networks', 'gateways'],
  certificate: ['certificates', 'domains', 'gateways', 'overview'],
  domain: ['domains', 'certificates', 'gateways', 'inference-services', 'overview'],
  revision: ['gateways', 'inference-services'],
  member: ['members', 'overview'],
  invitation: ['invitations'],
  'api-token': ['api-tokens'],
  activity: ['activity', 'overview'],
  workspace: ['detail', 'overview'],
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
