import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { Database } from './database.ts'
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
          ...{ ...change, id: 'rev_4', objectKind: 'source', objectId: 'src_gone', objectName: 'cluster' },
          operation: 'deleted',
          before: { secretSealed: sealSecret(key, 'src_gone', 'gone kubeconfig') },
        },
      ],
    })
  })
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
}

async function read(database: Database, key: Uint8Array): Promise<unknown> {
  const open = (id: string, sealed: unknown) => openSecret(key, id, String(sealed))
  const service = await database.inferenceService.findUniqueOrThrow({ where: { id: 'eas_chat' } })
  const { after } = await database.revisionChange.findUniqueOrThrow({ where: { id: 'rev_2' } })
  const now = { ...service } as unknown as ReturnType<typeof document>
  const then = after as unknown as ReturnType<typeof document>
  const before = async (id: string) =>
    (await database.revisionChange.findUniqueOrThrow({ where: { id } })).before as Record<string, unknown>
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
    expect(count).toBe(Object.keys(opened).length)
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
