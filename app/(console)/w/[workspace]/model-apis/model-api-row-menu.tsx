'use client'

import { useTranslations } from 'use-intl'
import { toast } from '@/components/feedback/toast.ts'
import { MenuItem, MenuSeparator, MoreMenu } from '@/components/ui/menu.tsx'
import { useCopy } from '@/components/ui/use-copy.ts'
import { sampleCall } from '@/lib/client/model-api-call.ts'
import { modelApiCurl } from '@/lib/client/snippets/model-api.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'
import { useWorkspace } from '../use-workspace.ts'
import { useDebugHref } from './debug-panel/use-debug-href.ts'
import { modelApiHref } from './model-api-href.ts'
import { useModelApisRefusal } from './use-model-apis-refusal.ts'

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
  const call = sampleCall(api, services)
  const copyCurl = async () => {
    if (call === null) return
    await copy(modelApiCurl(call))
    toast(t('curlCopied'))
  }
  return (
    <MoreMenu label={t('actionsFor', { name: api.name })}>
      <MenuItem href={modelApiHref(workspace, api.id)}>{t('open')}</MenuItem>
      <MenuItem href={debugHref(api)}>{t('tabs.debug')}</MenuItem>
      <MenuItem onSelect={() => void copyCurl()} disabledReason={call === null ? t('noAddress') : undefined}>
        {t('copyCurl')}
      </MenuItem>
      <MenuItem href={modelApiHref(workspace, api.id, 'edit')} disabledReason={refusal}>
        {t('edit')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem danger onSelect={onDelete} disabledReason={refusal}>
        {t('delete')}
      </MenuItem>
    </MoreMenu>
  )
}
