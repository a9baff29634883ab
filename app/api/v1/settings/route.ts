import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { getSettings } from '@/lib/console/settings/get-settings.ts'
import { updateSettings } from '@/lib/console/settings/update-settings.ts'
import { installation, updateInstallationInput } from '@/lib/domain/installation.ts'

export const GET = defineHandler({
  summary: 'Settings of the installation',
  permission: 'installation',
  success: [200, installation],
  run: ({ caller }) => getSettings(caller),
})

export const PATCH = defineHandler({
  summary: 'Change settings of the installation',
  permission: 'installation',
  body: updateInstallationInput,
  success: [200, installation],
  run: ({ body, caller }) => updateSettings(body, caller),
})
