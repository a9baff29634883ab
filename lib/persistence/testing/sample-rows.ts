import type { Transaction } from '@/lib/persistence/database.ts'
import { insertGatewayIfAbsent } from '@/lib/persistence/gateway-store.ts'
import { insertInferenceService } from '@/lib/persistence/inference-service-store.ts'
import { insertServiceToken } from '@/lib/persistence/service-token-store.ts'
import { insertWorkspace } from '@/lib/persistence/workspace-store.ts'

/** A workspace `ws_<name>`. */
export function insertSampleWorkspace(transaction: Transaction, name: string) {
  return insertWorkspace(transaction, { id: `ws_${name}`, name, displayName: name })
}

export function insertSampleGateway(transaction: Transaction, id = 'gw_shared') {
  return insertGatewayIfAbsent(transaction, {
    id,
    name: id.replace('gw_', ''),
    type: 'shared',
    status: 'running',
    limits: {},
    trustedProxies: [],
  })
}

/** A service `eas_<name>` with one instance `ins_<name>` and one token `key_<name>`, whose gateway exists. */
export async function insertSampleService(
  transaction: Transaction,
  { name, workspaceId, gatewayId = 'gw_shared' }: { name: string; workspaceId: string; gatewayId?: string },
): Promise<string> {
  const id = `eas_${name}`
  await insertInferenceService(
    transaction,
    {
      id,
      workspaceId,
      gatewayId,
      name,
      runtime: 'endpoint',
      runtimeConfig: {},
      apiType: 'openai-chat',
      protocol: 'http',
      balancing: { strategy: 'round-robin' },
      requestTimeoutMs: 60_000,
      labels: {},
      createdByName: 'Ada',
    },
    [{ id: `ins_${name}`, url: `http://10.0.0.1:8000/${name}`, weight: 1 }],
  )
  await insertServiceToken(transaction, {
    id: `key_${name}`,
    serviceId: id,
    tokenHash: `hash-${name}`,
    sealed: 's1:none',
    hint: 'abcd',
    createdByName: 'Ada',
  })
  return id
}
