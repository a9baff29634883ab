'use client'

import { useTranslations } from 'use-intl'
import { MenuItem, MenuSeparator, MoreMenu } from '@/components/ui/menu.tsx'
import type { Consumer } from '@/lib/domain/consumer.ts'
import { useWorkspace } from '../use-workspace.ts'
import { consumerHref } from './consumer-href.ts'
import { useConsumersRefusal } from './use-consumers-refusal.ts'

interface ConsumerRowMenuProps {
  readonly consumer: Consumer
  readonly onDelete: () => void
}

export function ConsumerRowMenu({ consumer: { id, name }, onDelete }: ConsumerRowMenuProps) {
  const t = useTranslations('consumers')
  const { workspace } = useWorkspace()
  const refusal = useConsumersRefusal()
  return (
    <MoreMenu label={t('actionsFor', { name })}>
      <MenuItem href={consumerHref(workspace, id)}>{t('open')}</MenuItem>
      <MenuItem href={consumerHref(workspace, id, 'edit')} disabledReason={refusal}>
        {t('edit')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem danger onSelect={onDelete} disabledReason={refusal}>
        {t('delete')}
      </MenuItem>
    </MoreMenu>
  )
}
