import { changedFields } from '@/lib/console/activity/changed-fields.ts'
import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import { type Caller, requireInstallationOwner } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { fieldError } from '@/lib/console/field-error.ts'
import { withoutUndefined } from '@/lib/console/without-undefined.ts'
import { AppError } from '@/lib/domain/error.ts'
import {
  type Installation,
  installationFields,
  type UpdateInstallationInput,
} from '@/lib/domain/installation.ts'
import { inTransaction } from '@/lib/persistence/database.ts'
import { putSetting } from '@/lib/persistence/installation-store.ts'
import { placeKey, readInstallation } from './get-settings.ts'

/** What is stored; the rest of the settings are facts of the process. */
const fields = installationFields

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
    const stored = fields.parse(before)
    const place = fields.parse({ ...stored, ...withoutUndefined(input) })
    requireKnownZones(place)
    await putSetting(transaction, placeKey, place)
    await recordActivity(transaction, caller, {
      action: 'installation.updated',
      workspaceId: null,
      object: { kind: 'installation', id: 'installation', name: 'installation' },
      changes: changedFields(stored, place),
    })
    return await readInstallation(transaction)
  })
}

/** A zone that the installation lost must not stay one where gateways can stand. */
function requireKnownZones({ zones, gatewayZones }: Pick<Installation, 'zones' | 'gatewayZones'>): void {
  const unknown = gatewayZones?.find((zone) => !zones.includes(zone))
  if (unknown === undefined) return
  const message = `${unknown} is not one of the zones: ${zones.join(', ')}.`
  throw fieldError('gatewayZones', 'zone_unknown', message, { zone: unknown })
}
