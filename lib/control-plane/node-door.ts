import { createHash, timingSafeEqual } from 'node:crypto'
import * as z from 'zod'
import { sharedGatewayId } from '@/lib/domain/gateway.ts'
import { findGateway } from '@/lib/persistence/gateway-store.ts'
import { type DeploymentReport, deploymentReport } from '@/lib/snapshot/deployment.ts'
import { type NodeReport, nodeReport } from '@/lib/snapshot/node-report.ts'
import type { ControlPlane } from './control-plane.ts'

/**
 * The door that only gateway nodes use. The node token opens it and nothing else does, because a snapshot
 * carries every token of its gateway.
 */

/** The whole list of 20,000 instances with a reason each. */
const reportBytesMax = 8 * 1024 * 1024

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

export type Reading<T> =
  | { readonly ok: true; readonly report: T }
  | { readonly ok: false; readonly status: 400 | 413; readonly detail: string }

/** Reads a report strictly: a node of another version is told what does not fit. */
export function readReport(request: Request): Promise<Reading<NodeReport>> {
  return read(
    request,
    nodeReport,
    (value) =>
      `The report of a node of version ${versionOf(value)} does not fit this console: run the same version on both.`,
  )
}

/** What a host says of the gateways that it runs, read as strictly. */
export function readDeploymentReport(request: Request): Promise<Reading<DeploymentReport>> {
  return read(
    request,
    deploymentReport,
    () => 'The report of a host does not fit this console: run the same version on both.',
  )
}

async function read<T>(
  request: Request,
  schema: z.ZodType<T>,
  advice: (value: unknown) => string,
): Promise<Reading<T>> {
  const declared = Number(request.headers.get('content-length') ?? 0)
  if (declared > reportBytesMax) return tooLarge
  const text = await request.text()
  if (text.length > reportBytesMax) return tooLarge
  try {
    const value: unknown = JSON.parse(text)
    const parsed = schema.safeParse(value)
    if (parsed.success) return { ok: true, report: parsed.data }
    const issue = parsed.error.issues[0]
    return refused(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not a report'}. ${advice(value)}`)
  } catch {
    return refused('The report is not JSON.')
  }
}

const tooLarge = { ok: false, status: 413, detail: 'A report has at most 8 MiB.' } as const

function versionOf(value: unknown): string {
  const fields = z.object({ version: z.string().max(64) }).safeParse(value)
  return fields.success ? fields.data.version : 'unknown'
}

function refused(detail: string) {
  return { ok: false, status: 400, detail } as const
}
