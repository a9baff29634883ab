'use client'

import { useTranslations } from 'use-intl'
import { MenuItem, MenuSeparator, MoreMenu } from '@/components/ui/menu.tsx'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'
import { useWorkspace } from '../use-workspace.ts'
import { serviceHref } from './service-href.ts'
import { useServicesRefusal } from './use-services-refusal.ts'

interface ServiceRowMenuProps {
  readonly service: UpstreamService
  readonly onDelete: () => void
}

export function ServiceRowMenu({ service, onDelete }: ServiceRowMenuProps) {
  const t = useTranslations('services')
  const { workspace } = useWorkspace()
  const refusal = useServicesRefusal('services')
  return (
    <MoreMenu label={t('actionsFor', { name: service.name })}>
      <MenuItem href={`${serviceHref(workspace, service.id)}#test`}>{t('test.title')}</MenuItem>
      <MenuItem href={serviceHref(workspace, service.id, 'edit')} disabledReason={refusal}>
        {t('edit')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem danger onSelect={onDelete} disabledReason={refusal}>
        {t('delete')}
      </MenuItem>
    </MoreMenu>
  )
}
