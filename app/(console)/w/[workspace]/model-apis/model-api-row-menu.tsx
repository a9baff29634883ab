'use client'

import { useTranslations } from 'use-intl'
import { toast } from '@/components/feedback/toast.ts'
import { MenuItem, MenuSeparator, MoreMenu } from '@/components/ui/menu.tsx'
import { useCopy } from '@/components/ui/use-copy.ts'
import { firstRouteCurl } from '@/lib/client/first-route-curl.ts'
import { sampleCall } from '@/lib/client/model-api-call.ts'
import { modelApiCurl } from '@/lib/client/snippets/model-api.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'
import { useWorkspace } from '../use-workspace.ts'
import { useDebugHref } from './debug-panel/use-debug-href.ts'
import { duplicateModelApiHref, modelApiHref } from './model-api-href.ts'
import { useModelApisRefusal } from './use-model-apis-refusal.ts'
import { useSwitchModelApi } from './use-switch-model-api.ts'

interface ModelApiRowMenuProps {
  readonly api: ModelApi
  readonly services: readonly UpstreamService[]
  readonly onDelete: () => void
}

export function ModelApiRowMenu({ api, services, onDelete }: ModelApiRowMenuProps) {
  const t = useTranslations('model-apis')
  const { workspace } = useWorkspace()
  const refusal = useModelApisRefusal()
  const debugHref = useDebugHref()
  const { copy } = useCopy(t('curl'))
  const { toggle } = useSwitchModelApi(api)
  const call = sampleCall(api, services)
  const curl = call === null ? firstRouteCurl(api, services) : modelApiCurl(call)
  const copyCurl = async () => {
    if (curl === null) return
    await copy(curl)
    toast(t('curlCopied'))
  }
  return (
    <MoreMenu label={t('actionsFor', { name: api.name })}>
      <MenuItem href={modelApiHref(workspace, api.id)}>{t('open')}</MenuItem>
      <MenuItem href={debugHref(api)}>{t('tabs.debug')}</MenuItem>
      <MenuItem
        onSelect={() => void copyCurl()}
        disabledReason={curl === null ? t(api.addresses.length === 0 ? 'noAddress' : 'noCurl') : undefined}
      >
        {t('copyCurl')}
      </MenuItem>
      <MenuItem href={modelApiHref(workspace, api.id, 'edit')} disabledReason={refusal}>
        {t('edit')}
      </MenuItem>
      <MenuItem href={duplicateModelApiHref(workspace, api.id)} disabledReason={refusal}>
        {t('duplicate')}
      </MenuItem>
      <MenuItem onSelect={() => void toggle()} disabledReason={refusal}>
        {t(api.enabled ? 'disable' : 'enable')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem danger onSelect={onDelete} disabledReason={refusal}>
        {t('delete')}
      </MenuItem>
    </MoreMenu>
  )
}
