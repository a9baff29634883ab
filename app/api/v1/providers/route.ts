import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { listProviders } from '@/lib/console/providers/list-providers.ts'
import { providerManifest } from '@/lib/domain/provider-manifest.ts'

export const GET = defineHandler({
  summary: 'Model providers and agent platforms, as forms ask for them',
  permission: 'signed-in',
  success: [200, z.object({ items: z.array(providerManifest) })],
  run: () => listProviders(),
})
