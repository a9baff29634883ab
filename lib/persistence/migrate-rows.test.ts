import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { passiveHealthInput, retriesInput } from '@/lib/domain/traffic-policy.ts'
import { closeDatabase, type Database, openDatabase } from './database.ts'
import { migrateDatabase } from './migrate.ts'
import { describeOnBothDatabases, type TestDatabase } from './testing/test-database.ts'

const known = vi.hoisted(() => ({ migrations: 1 }))
vi.mock('./migration-files.ts', async (original) => {
  const actual = await original<typeof import('./migration-files.ts')>()
  return {
    ...actual,
    async readMigrations(kind: Parameters<typeof actual.readMigrations>[0]) {
      const all = await actual.readMigrations(kind)
      return { ...all, migrationDirectories: all.migrationDirectories.slice(0, known.migrations) }
    },
  }
})

/** As the first release wrote them. */
async function insertOldRows(database: Database): Promise<void> {
  for (const statement of [
    `INSERT INTO "Workspace" ("id", "name", "displayName", "updatedAt") VALUES ('ws_1', 'acme', 'Acme', CURRENT_TIMESTAMP)`,
    `INSERT INTO "Gateway" ("id", "name", "type", "status", "limits", "trustedProxies", "updatedAt")
      VALUES ('gw_shared', 'shared', 'shared', 'running', '{"requestMs":5000}', '["10.0.0.0/8"]', CURRENT_TIMESTAMP)`,
    `INSERT INTO "GatewayNode" ("id", "gatewayId", "host", "pid", "programVersion", "state", "listeners", "startedAt", "seenAt")
      VALUES ('node_1', 'gw_shared', 'box', 7, '0.1.0', 'running', '[]', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)`,
    `INSERT INTO "InferenceService" ("id", "workspaceId", "gatewayId", "name", "runtime", "runtimeConfig", "apiType", "protocol", "balancing", "requestTimeoutMs", "labels", "createdByName", "updatedAt")
      VALUES ('eas_1', 'ws_1', 'gw_shared', 'chat', 'endpoint', '{}', 'openai-chat', 'http', '{"strategy":"round-robin"}', 60000, '{}', 'Ada', CURRENT_TIMESTAMP)`,
    `INSERT INTO "Instance" ("id", "serviceId", "url", "weight", "position") VALUES ('ins_1', 'eas_1', 'http://10.0.0.5:8000', 3, 0)`,
    `INSERT INTO "InstanceHealth" ("instanceId", "nodeId", "state", "since") VALUES ('ins_1', 'node_1', 'ready', CURRENT_TIMESTAMP)`,
    `INSERT INTO "ServiceToken" ("id", "serviceId", "tokenHash", "sealed", "hint", "createdByName") VALUES ('key_1', 'eas_1', 'hash', 's1:x', 'abcd', 'Ada')`,
    `INSERT INTO "RequestRollup" ("serviceId", "tokenId", "minute", "gatewayId", "requests", "clientErrors", "serverErrors", "durationMsSum", "firstByteMsSum", "inputTokens", "outputTokens", "bytesIn", "bytesOut")
      VALUES ('eas_1', 'key_1', CURRENT_TIMESTAMP, 'gw_shared', 5, 1, 2, 10.5, 4, 3, 4, 5, 6)`,
    `INSERT INTO "Revision" ("id", "gatewayId", "number", "authorName") VALUES ('rev_1', 'gw_shared', 1, 'Ada')`,
    `INSERT INTO "RevisionChange" ("id", "revisionId", "gatewayId", "number", "objectKind", "objectId", "objectName", "operation") VALUES ('rev_2', 'rev_1', 'gw_shared', 1, 'gateway', 'gw_shared', 'shared', 'updated')`,
  ]) {
    await database.$executeRawUnsafe(statement)
  }
}

/** As the release wrote them whose Model APIs had one service and nothing else. */
async function insertOldModelApi(database: Database): Promise<void> {
  for (const statement of [
    `INSERT INTO "Workspace" ("id", "name", "displayName", "updatedAt") VALUES ('ws_1', 'acme', 'Acme', CURRENT_TIMESTAMP)`,
    `INSERT INTO "Gateway" ("id", "name", "type", "status", "limits", "trustedProxies", "updatedAt")
      VALUES ('gw_shared', 'shared', 'shared', 'running', '{}', '[]', CURRENT_TIMESTAMP)`,
    `INSERT INTO "Service" ("id", "workspaceId", "gatewayId", "name", "source", "config", "requestTimeoutMs", "updatedAt")
      VALUES ('svc_1', 'ws_1', 'gw_shared', 'vllm', 'ai', '{}', 60000, CURRENT_TIMESTAMP)`,
    `INSERT INTO "ModelApi" ("id", "workspaceId", "gatewayId", "name", "useCase", "protocol", "domainIds", "basePath", "routing", "fallback", "monitoring", "plugins", "disabledRoutes", "version", "updatedAt")
      VALUES ('mapi_1', 'ws_1', 'gw_shared', 'chat', 'text', 'openai', '[]', '/chat', '{"mode":"single","target":{"serviceId":"svc_1","model":null}}', '{}', '{}', '[]', '[]', 3, CURRENT_TIMESTAMP)`,
    `INSERT INTO "ModelApiTarget" ("modelApiId", "serviceId") VALUES ('mapi_1', 'svc_1')`,
  ]) {
    await database.$executeRawUnsafe(statement)
  }
}

/** A database with rows of before, migrated. */
async function migrated(
  { database: old, kind, databaseUrl, dataDir: folder }: TestDatabase,
  insert: (database: Database) => Promise<void>,
): Promise<Database> {
  await insert(old)
  // SQLite migrates only a file that nobody else has open.
  const dataDir = path.join(folder, 'left')
  await mkdir(dataDir)
  if (kind === 'sqlite') await old.$executeRawUnsafe(`VACUUM INTO '${path.join(dataDir, 'switchyard.db')}'`)
  known.migrations = Number.POSITIVE_INFINITY
  expect((await migrateDatabase(databaseUrl, dataDir)).applied.length).toBeGreaterThan(0)
  return await openDatabase({ databaseUrl, dataDir })
}

describeOnBothDatabases('Migrating a database of the release before', (open) => {
  test('keeps Model APIs as they are, which records of requests can belong to', async () => {
    known.migrations = 4
    const database = await migrated(await open(), insertOldModelApi)
    try {
      const record = { id: 'rec_1', workspaceId: 'ws_1', modelApiId: 'mapi_1', gatewayId: 'gw_shared' }
      await database.requestRecord.create({
        data: {
          ...{ ...record, nodeId: 'node_1', at: new Date(), requestId: 'req_1', side: 'internet' },
          ...{ method: 'POST', path: '/chat', status: 200, isStream: false, attempts: [], dropped: [] },
          ...{ bytesIn: 1n, bytesOut: 2n, durationMs: 1, recordsRequest: false, recordsResponse: false },
        },
      })
      const api = await database.modelApi.findUniqueOrThrow({
        where: { id: 'mapi_1' },
        include: { targets: true, requests: true },
      })
      expect(api).toMatchObject({
        ...{ name: 'chat', version: 3, enabled: true, resourceGroup: 'default', plugins: [], monitoring: {} },
        targets: [{ serviceId: 'svc_1' }],
        requests: [{ id: 'rec_1', isDebug: false }],
      })
    } finally {
      await closeDatabase(database)
    }
  })
})

describeOnBothDatabases('Migrating a database of the first release', (open) => {
  test('keeps every row and gives new columns what the product does by default', async () => {
    known.migrations = 1
    const database = await migrated(await open(), insertOldRows)
    try {
      const service = await database.inferenceService.findUniqueOrThrow({
        where: { id: 'eas_1' },
        include: { instances: true, tokens: true, gateway: true, workspace: true },
      })
      expect(service).toMatchObject({
        name: 'chat',
        upstreamHttp: '1.1',
        requestsPerSecond: null,
        concurrency: null,
        retries: retriesInput.parse({}),
        passiveHealth: passiveHealthInput.parse({}),
        slowStartMs: 10_000,
        panicThreshold: 50,
        instances: [{ id: 'ins_1', weight: 3 }],
        tokens: [{ id: 'key_1', requestsPerSecond: null }],
        workspace: { name: 'acme' },
        gateway: {
          limits: { requestMs: 5000 },
          trustedProxies: ['10.0.0.0/8'],
          proxyProtocol: { internet: false, vpc: false },
        },
      })
      expect(await database.gatewayNode.findMany()).toMatchObject([{ id: 'node_1', connections: 0 }])
      expect(await database.instanceHealth.findMany()).toMatchObject([{ state: 'ready', until: null }])
      expect(await database.requestRollup.findMany()).toMatchObject([{ requests: 5, rateLimited: 0 }])
      expect(await database.revisionChange.findMany()).toMatchObject([{ id: 'rev_2', number: 1 }])
    } finally {
      await closeDatabase(database)
    }
  })
})
