import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { liveNodes } from '@/lib/console/gateways/live-nodes.ts'
import { listenerOf, noNode } from '@/lib/console/gateways/node-listener.ts'
import { apiType, apiTypeFacts } from '@/lib/domain/api-type.ts'
import { AppError } from '@/lib/domain/error.ts'
import type { TestRequestInput, TestRequestResult } from '@/lib/domain/test-request.ts'
import type { InferenceServiceRow } from '@/lib/persistence/inference-service-store.ts'
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
  const listener = listenerOf(await liveNodes(database, row.gatewayId), input.side, 'http')
  if (listener === null) throw noNode()
  const type = apiTypeFacts[apiType.parse(row.apiType)]
  const path = input.path ?? row.apiPath ?? type.path ?? '/'
  return await sendTestRequest({
    url: `${listener}/api/predict/${row.name}${path}`,
    method: input.method,
    token: openSecret(masterKey, active.id, active.sealed),
    body: input.method === 'GET' ? null : (input.body ?? sampleBody(row)),
    requestId: caller.requestId,
  })
}

function sampleBody(row: InferenceServiceRow): string {
  return JSON.stringify(apiTypeFacts[apiType.parse(row.apiType)].sampleBody(row.model ?? row.name))
}
