import { changedFields } from '@/lib/console/activity/changed-fields.ts'
import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import { type Caller, requireInstallationOwner } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { withoutUndefined } from '@/lib/console/without-undefined.ts'
import { AppError } from '@/lib/domain/error.ts'
import type { Installation, UpdateInstallationInput } from '@/lib/domain/installation.ts'
import { inTransaction } from '@/lib/persistence/database.ts'
import { putSetting } from '@/lib/persistence/installation-store.ts'
import { placeKey, readInstallation } from './get-settings.ts'

export async function updateSettings(
  { version, ...input }: UpdateInstallationInput,
  caller: Caller,
): Promise<Installation> {
  requireInstallationOwner(caller)
  return await inTransaction(consoleContext().database, async (transaction) => {
    const before = await readInstallation(transaction)
    if (before.version !== version) {
      throw new AppError('version_conflict', 'Someone changed it meanwhile.', { current: before })
    }
    const place = { region: before.region, zones: before.zones, ...withoutUndefined(input) }
    await putSetting(transaction, placeKey, place)
    await recordActivity(transaction, caller, {
      action: 'installation.updated',
      workspaceId: null,
      object: { kind: 'installation', id: 'installation', name: 'installation' },
      changes: changedFields({ region: before.region, zones: before.zones }, place),
    })
    return await readInstallation(transaction)
  })
}
