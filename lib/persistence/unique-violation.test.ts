import { expect, test } from 'vitest'
import { describeOnBothDatabases } from './testing/test-database.ts'
import { isForeignKeyViolation, uniqueViolation } from './unique-violation.ts'

describeOnBothDatabases('A broken constraint', (open) => {
  test('is known by its fields, whichever the database', async () => {
    const { database } = await open()
    const insert = (id: string) => database.workspace.create({ data: { id, name: 'alpha', displayName: '' } })
    await insert('ws_1')
    const taken = (id: string) => insert(id).catch((error: unknown) => error)
    expect(uniqueViolation(await taken('ws_2'))).toEqual(['name'])
    const orphan = database.member.create({
      data: { id: 'mbr_1', workspaceId: 'ws_0', userId: 'usr_0', role: 'owner' },
    })
    expect(isForeignKeyViolation(await orphan.catch((error: unknown) => error))).toBe(true)
    expect(uniqueViolation(new Error('UNIQUE constraint failed'))).toBeNull()
  })
})
