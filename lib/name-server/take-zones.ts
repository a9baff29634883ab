import * as z from 'zod'
import { asMessageFromSupervisor } from '@/lib/platform/process-messages.ts'
import { nameServerPlan } from '@/lib/snapshot/deployment.ts'
import type { NameServer } from './name-server.ts'

/** Serves the zones of a supervisor's message. Null, or why they are not served and the ones before stay. */
export function takeZones(raw: unknown, server: Pick<NameServer, 'serve'>): string | null {
  const message = asMessageFromSupervisor(raw)
  if (message?.type !== 'zones') return null
  const zones = nameServerPlan.shape.zones.safeParse(message.zones)
  if (!zones.success) return `The zones are not understood: ${z.prettifyError(zones.error)}`
  try {
    server.serve(zones.data)
    return null
  } catch (error) {
    return `The zones are not understood: ${error instanceof Error ? error.message : String(error)}`
  }
}
