import { type GatewayError, refusal } from '@/lib/gateway/error.ts'
import type { Runtime } from '@/lib/gateway/runtime/runtime.ts'
import type { ServiceRuntime } from '@/lib/gateway/runtime/service-runtime.ts'
import type { Admitted } from '@/lib/gateway/stages/admit/admitted.ts'
import { readPathForm } from '@/lib/gateway/stages/match/path-form.ts'
import type { GatewaySide } from '@/lib/snapshot/snapshot.ts'

/** A request whose service is known. Only `match` makes one. */
export interface Route {
  readonly service: ServiceRuntime
  readonly request: Admitted
  /** Path and query for the instance, without its base path. Starts with `/`. */
  readonly rest: string
  readonly form: 'path' | 'host'
}

/**
 * Finds the service by `<service>.<host>` or by `/api/predict/<service>`: three map look-ups at most, however many names
 * and services there are. Null where no service answers.
 */
export function match(runtime: Runtime, side: GatewaySide, request: Admitted): Route | null {
  const byHost = serviceOfHost(runtime, side, request.hostName)
  if (byHost !== undefined) return { service: byHost, request, rest: request.url, form: 'host' }

  const path = readPathForm(request.url)
  const service = path === null ? undefined : runtime.servicesByName.get(path.serviceName)
  return path === null || service === undefined ? null : { service, request, rest: path.rest, form: 'path' }
}

/** What a caller is told whose request nothing answers. */
export function nothingServed({ url }: Admitted): GatewayError {
  return refusal(
    'service_not_found',
    readPathForm(url) === null
      ? 'Nothing is served at this path. Services answer at /api/predict/<service>/<path>, usually /api/predict/<service>/v1/chat/completions.'
      : `There is no service with this name here. Check the address: it usually is /api/predict/<service>/v1/chat/completions.`,
  )
}

function serviceOfHost(runtime: Runtime, side: GatewaySide, hostName: string): ServiceRuntime | undefined {
  const label = runtime.names[side].labelOf(hostName)
  return label === null ? undefined : runtime.servicesByHostLabel.get(label.replaceAll('_', '-'))
}
