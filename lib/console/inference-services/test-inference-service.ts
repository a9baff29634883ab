import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { liveNodes } from '@/lib/console/gateways/live-nodes.ts'
import { apiType, apiTypeFacts } from '@/lib/domain/api-type.ts'
import { AppError } from '@/lib/domain/error.ts'
import { gatewayNode } from '@/lib/domain/gateway.ts'
import type { TestRequestInput, TestRequestResult } from '@/lib/domain/test-request.ts'
import type { InferenceServiceRow } from '@/lib/persistence/inference-service-store.ts'
import type { GatewayNodeRow } from '@/lib/persistence/node-store.ts'
import { openSecret } from '@/lib/persistence/sealed-secret.ts'
import { requireService } from './require-service.ts'
import { sendTestRequest } from './send-test-request.ts'

/**
 * Over the wire, through the plain listener of the gateway that the service is bound to, with its active token, which
 * stays here. The gateway sees the console's own address.
 */
export async function testInferenceService(
  idOrName: string,
  input: TestRequestInput,
  caller: WorkspaceCaller,
): Promise<TestRequestResult> {
  requirePermission(caller, 'inference-services.reveal-token')
  const { database, masterKey } = consoleContext()
  const row = await requireService(database, idOrName, caller)
  const active = row.tokens.find((token) => token.expiresAt === null)
  if (!active) throw new AppError('conflict', 'The service has no active token. Rotate it to get one.')
  if (!(input.side === 'internet' ? row.gateway.internetEnabled : row.gateway.vpcEnabled)) {
    throw new AppError('conflict', 'This side of the gateway is switched off, so there is nothing to call.')
  }
  const origin = listenerOf(await liveNodes(database, row.gatewayId), input.side)
  const type = apiTypeFacts[apiType.parse(row.apiType)]
  const path = input.path ?? row.apiPath ?? type.path ?? '/'
  return await sendTestRequest({
    url: `${origin}/api/predict/${row.name}${path}`,
    method: input.method,
    token: openSecret(masterKey, active.id, active.sealed),
    body: input.method === 'GET' ? null : (input.body ?? sampleBody(row)),
    requestId: caller.requestId,
  })
}

function sampleBody(row: InferenceServiceRow): string {
  return JSON.stringify(apiTypeFacts[apiType.parse(row.apiType)].sampleBody(row.model ?? row.name))
}

/** Nodes that report this host's name, or none that another machine could know, stand beside the console. */
function listenerOf(nodes: readonly GatewayNodeRow[], side: 'internet' | 'vpc'): string {
  for (const node of nodes) {
    const listeners = gatewayNode.shape.listeners.parse(node.listeners)
    const listener = listeners.find((candidate) => candidate.side === side && candidate.protocol === 'http')
    if (listener) return `http://${isHere(node.host) ? boundHost() : node.host}:${listener.port}`
  }
  throw new AppError('unavailable', 'No node of the gateway is running, so there is nothing to call.', {
    retryAfterSeconds: 5,
  })
}

/** Listeners that bind every address answer at loopback. */
function boundHost(): string {
  const { bindAddress } = consoleContext().place
  if (bindAddress === '0.0.0.0' || bindAddress === '::') return '127.0.0.1'
  return bindAddress.includes(':') ? `[${bindAddress}]` : bindAddress
}

function isHere(host: string): boolean {
  return ['local', 'localhost', '127.0.0.1', '::1', consoleContext().hostName].includes(host)
}
