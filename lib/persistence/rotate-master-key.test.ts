import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { Database, Transaction } from './database.ts'
import { loadMasterKey, MasterKeyError } from './master-key.ts'
import { resealSecrets } from './reseal-secrets.ts'
import { rotateMasterKey } from './rotate-master-key.ts'
import { openSecret, sealSecret } from './sealed-secret.ts'
import { insertSampleGateway, insertSampleService, insertSampleWorkspace } from './testing/sample-rows.ts'
import { describeOnBothDatabases, type TestDatabase } from './testing/test-database.ts'

const now = new Date('2026-01-02T03:04:05Z')
const document = (key: Uint8Array) => ({
  name: 'chat',
  upstreamCredentialSealed: sealSecret(key, 'eas_chat', 'credential'),
  nacos: [{ id: 'nac_1', passwordSealed: sealSecret(key, 'nac_1', 'password') }],
})

/** One secret of each kind. */
async function fill(database: Database, key: Uint8Array): Promise<void> {
  await database.$transaction(async (transaction) => {
    await insertSampleWorkspace(transaction, 'one')
    await insertSampleGateway(transaction)
    await insertSampleService(transaction, { name: 'chat', workspaceId: 'ws_one' })
    const { name: _, ...secrets } = document(key)
    await transaction.inferenceService.update({ where: { id: 'eas_chat' }, data: secrets })
    await transaction.serviceToken.update({
      where: { id: 'key_chat' },
      data: { sealed: sealSecret(key, 'key_chat', 'token') },
    })
    await transaction.acmeAccount.create({
      data: { directoryUrl: 'https://acme.test', keySealed: sealSecret(key, 'https://acme.test', 'account') },
    })
    await transaction.certificate.create({
      data: {
        id: 'cert_1',
        name: 'one',
        chainPem: '',
        keySealed: sealSecret(key, 'cert_1', 'private key'),
        subject: '',
        names: [],
        issuer: '',
        notBefore: now,
        notAfter: now,
      },
    })
    await transaction.service.create({
      data: {
        id: 'svc_1',
        workspaceId: 'ws_one',
        gatewayId: 'gw_shared',
        name: 'provider',
        source: 'ai',
        config: {},
        keys: {
          create: { id: 'key_1', sealed: sealSecret(key, 'key_1', 'sk-1'), hint: 'sk-1', position: 0 },
        },
      },
    })
    await transaction.source.create({
      data: {
        id: 'src_1',
        workspaceId: 'ws_one',
        gatewayId: 'gw_shared',
        name: 'cluster',
        type: 'kubernetes',
        config: {},
        secretSealed: sealSecret(key, 'src_1', 'kubeconfig'),
      },
    })
    await transaction.revision.create({
      data: { id: 'rev_1', gatewayId: 'gw_shared', number: 1, authorName: 'Ada', createdAt: now },
    })
    await transaction.revisionChange.create({
      data: {
        id: 'rev_2',
        revisionId: 'rev_1',
        gatewayId: 'gw_shared',
        number: 1,
        workspaceId: 'ws_one',
        objectKind: 'inference-service',
        objectId: 'eas_chat',
        objectName: 'chat',
        operation: 'updated',
        after: document(key),
      },
    })
    const change = { revisionId: 'rev_1', gatewayId: 'gw_shared', number: 1, workspaceId: 'ws_one' }
    await transaction.revisionChange.createMany({
      data: [
        {
          ...{ ...change, id: 'rev_3', objectKind: 'service', objectId: 'svc_1', objectName: 'vllm' },
          operation: 'deleted',
          before: { keys: [{ id: 'key_gone', sealed: sealSecret(key, 'key_gone', 'sk-gone') }] },
        },
        {
          // What a person wrote is no secret, whatever it looks like.
          ...{ ...change, id: 'rev_5', objectKind: 'model-api', objectId: 'mapi_1', objectName: 'api' },
          operation: 'updated',
          after: { plugins: { moderation: { rules: [{ kind: 'word', text: 's1:not-a-secret' }] } } },
        },
        {
          ...{ ...change, id: 'rev_4', objectKind: 'source', objectId: 'src_gone', objectName: 'cluster' },
          operation: 'deleted',
          before: { secretSealed: sealSecret(key, 'src_gone', 'gone kubeconfig') },
        },
      ],
    })
    await fillConsumer(transaction, key)
    await fillRequests(transaction, key)
  })
}

async function fillConsumer(transaction: Transaction, key: Uint8Array): Promise<void> {
  const credentials = [
    { id: 'cre_1', type: 'hmac', config: {}, sealed: sealSecret(key, 'cre_1', 'hmac secret') },
    { id: 'cre_2', type: 'jwt', config: {}, sealed: sealSecret(key, 'cre_2', 'jwt secret') },
    { id: 'cre_3', type: 'api-key', config: {}, tokenHash: 'digest', sealed: null },
  ]
  await transaction.consumer.create({
    data: {
      id: 'csm_1',
      workspaceId: 'ws_one',
      name: 'mobile',
      modelApiIds: [],
      credentials: { create: credentials },
    },
  })
}

/** More than are read at once, the first with an answer alone, the second with nothing but a request. */
const recordIds = Array.from({ length: 120 }, (_, index) => `rec_${String(index).padStart(3, '0')}`)

async function fillRequests(transaction: Transaction, key: Uint8Array): Promise<void> {
  const shape = { domainIds: [], routing: {}, fallback: {}, monitoring: {}, plugins: {}, disabledRoutes: [] }
  const api = { id: 'mapi_1', workspaceId: 'ws_one', gatewayId: 'gw_shared', name: 'api', basePath: '/' }
  await transaction.modelApi.create({ data: { ...api, ...shape, useCase: 'text', protocol: 'openai' } })
  await transaction.requestRecord.createMany({ data: recordIds.map(recordOf) })
  await transaction.requestContent.createMany({
    data: recordIds.map((recordId, index) => ({
      ...{ recordId, workspaceId: 'ws_one', requestBytes: 4, responseBytes: 6 },
      requestSealed: index === 0 ? null : sealSecret(key, recordId, `request ${recordId}`),
      responseSealed: index === 1 ? null : sealSecret(key, recordId, `answer ${recordId}`),
    })),
  })
}

function recordOf(id: string) {
  const where = { workspaceId: 'ws_one', modelApiId: 'mapi_1', gatewayId: 'gw_shared', nodeId: 'node_1' }
  const told = { requestId: id, side: 'internet', method: 'POST', path: '/', status: 200, isStream: false }
  const sizes = { attempts: [], dropped: [], bytesIn: 4n, bytesOut: 6n, durationMs: 1 }
  return { ...where, ...told, ...sizes, id, at: now, recordsRequest: true, recordsResponse: true }
}

const opened = {
  certificate: 'private key',
  account: 'account',
  token: 'token',
  key: 'sk-1',
  source: 'kubeconfig',
  credential: 'credential',
  password: 'password',
  historyCredential: 'credential',
  historyPassword: 'password',
  historyKey: 'sk-gone',
  historySource: 'gone kubeconfig',
  hmacSecret: 'hmac secret',
  jwtSecret: 'jwt secret',
  contents: recordIds.map((id, index) => [
    index === 0 ? null : `request ${id}`,
    index === 1 ? null : `answer ${id}`,
  ]),
}
/** Of recorded requests each but two has two. */
const secretsCount = Object.keys(opened).length - 1 + 2 * recordIds.length - 2

async function read(database: Database, key: Uint8Array): Promise<unknown> {
  const open = (id: string, sealed: unknown) => openSecret(key, id, String(sealed))
  const service = await database.inferenceService.findUniqueOrThrow({ where: { id: 'eas_chat' } })
  const { after } = await database.revisionChange.findUniqueOrThrow({ where: { id: 'rev_2' } })
  const now = { ...service } as unknown as ReturnType<typeof document>
  const then = after as unknown as ReturnType<typeof document>
  const before = async (id: string) =>
    (await database.revisionChange.findUniqueOrThrow({ where: { id } })).before as Record<string, unknown>
  const credential = async (id: string) =>
    (await database.consumerCredential.findUniqueOrThrow({ where: { id } })).sealed
  const contents = await database.requestContent.findMany({ orderBy: { recordId: 'asc' } })
  const [keyGone] = (await before('rev_3'))['keys'] as Array<{ sealed: string }>
  return {
    certificate: open('cert_1', (await database.certificate.findFirstOrThrow()).keySealed),
    account: open('https://acme.test', (await database.acmeAccount.findFirstOrThrow()).keySealed),
    token: open('key_chat', (await database.serviceToken.findFirstOrThrow()).sealed),
    key: open('key_1', (await database.serviceKey.findFirstOrThrow()).sealed),
    source: open('src_1', (await database.source.findFirstOrThrow()).secretSealed),
    credential: open('eas_chat', now.upstreamCredentialSealed),
    password: open('nac_1', now.nacos[0]?.passwordSealed),
    historyCredential: open('eas_chat', then.upstreamCredentialSealed),
    historyPassword: open('nac_1', then.nacos[0]?.passwordSealed),
    historyKey: open('key_gone', keyGone?.sealed),
    historySource: open('src_gone', (await before('rev_4'))['secretSealed']),
    hmacSecret: open('cre_1', await credential('cre_1')),
    jwtSecret: open('cre_2', await credential('cre_2')),
    contents: contents.map(({ recordId, requestSealed, responseSealed }) => [
      requestSealed && open(recordId, requestSealed),
      responseSealed && open(recordId, responseSealed),
    ]),
  }
}

const optionsOf = ({ databaseUrl, dataDir }: TestDatabase) => ({ databaseUrl, dataDir })
const inFile = { present: undefined, next: undefined }

describeOnBothDatabases('rotating the master key', (open) => {
  test('seals every secret anew, history too, and swaps the file', async () => {
    const stand = await open()
    const old = await loadMasterKey(undefined, stand.dataDir)
    await fill(stand.database, old)

    const { count, oldKeyFile } = await rotateMasterKey(optionsOf(stand), inFile, now)
    expect(count).toBe(secretsCount)
    const key = await loadMasterKey(undefined, stand.dataDir)
    expect(key).not.toEqual(old)
    expect(await read(stand.database, key)).toEqual(opened)
    await expect(read(stand.database, old)).rejects.toThrow('does not open')
    expect(Buffer.from(await readFile(oldKeyFile ?? '', 'utf8'), 'base64')).toEqual(old)
    expect((await stat(path.join(stand.dataDir, 'master.key'))).mode & 0o777).toBe(0o600)
  })

  test('that was cut off before or after the database changed is finished by the next run, and nothing starts before', async () => {
    const stand = await open()
    const old = await loadMasterKey(undefined, stand.dataDir)
    await fill(stand.database, old)
    const next = randomBytes(32)
    const nextFile = path.join(stand.dataDir, 'master.key.next')

    await writeFile(nextFile, next.toString('base64'), { mode: 0o600 })
    await expect(loadMasterKey(undefined, stand.dataDir)).rejects.toThrow(MasterKeyError)
    await resealSecrets(stand.database, { from: old, to: next })
    await expect(loadMasterKey(undefined, stand.dataDir)).rejects.toThrow('switchyard rotate-master-key')

    await rotateMasterKey(optionsOf(stand), inFile, now)
    expect(existsSync(nextFile)).toBe(false)
    expect(await loadMasterKey(undefined, stand.dataDir)).toEqual(next)
    expect(await read(stand.database, next)).toEqual(opened)
  })

  test('changes nothing when one secret does not open, and names it', async () => {
    const stand = await open()
    const old = await loadMasterKey(undefined, stand.dataDir)
    await fill(stand.database, old)
    const foreign = sealSecret(randomBytes(32), 'src_1', 'kubeconfig')
    await stand.database.source.update({ where: { id: 'src_1' }, data: { secretSealed: foreign } })
    await expect(rotateMasterKey(optionsOf(stand), inFile, now)).rejects.toThrow('source src_1')
    const certificate = await stand.database.certificate.findFirstOrThrow()
    expect(openSecret(old, 'cert_1', certificate.keySealed)).toBe('private key')
    expect(await loadMasterKey(undefined, stand.dataDir)).toEqual(old)
  })

  test('takes both keys from the environment, and needs the new one there', async () => {
    const stand = await open()
    const [old, next] = [randomBytes(32), randomBytes(32)]
    await fill(stand.database, old)
    const present = old.toString('base64')
    await expect(rotateMasterKey(optionsOf(stand), { present, next: undefined }, now)).rejects.toThrow(
      'SWITCHYARD_NEW_MASTER_KEY',
    )
    await rotateMasterKey(optionsOf(stand), { present, next: next.toString('hex') }, now)
    expect(await read(stand.database, next)).toEqual(opened)
    expect((await readdir(stand.dataDir)).filter((name) => name.startsWith('master.key'))).toEqual([])
  })
})
