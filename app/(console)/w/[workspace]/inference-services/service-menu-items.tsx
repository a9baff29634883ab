'use client'

import { useTranslations } from 'use-intl'
import { MenuItem, MenuSeparator } from '@/components/ui/menu.tsx'
import { useMay } from '@/lib/client/use-may.ts'
import type { InferenceService } from '@/lib/domain/inference-service.ts'
import { serviceHref, servicesHref } from './service-href.ts'

type ServiceMenuItemsProps = {
  readonly workspace: string
  readonly service: InferenceService
  readonly onStart: () => void
  readonly onStop: () => void
  readonly onDelete: () => void
}

/** What a row's menu offers. */
export function ServiceMenuItems({ workspace, service, onStart, onStop, onDelete }: ServiceMenuItemsProps) {
  const t = useTranslations('inference-services.actions')
  const off = useMay(workspace, 'inference-services.write') ? undefined : t('mayNotWrite')
  return (
    <>
      <MenuItem href={serviceHref(workspace, service.id, 'edit')} disabledReason={off}>
        {t('update')}
      </MenuItem>
      {service.running ? (
        <MenuItem onSelect={onStop} disabledReason={off}>
          {t('stop')}
        </MenuItem>
      ) : (
        <MenuItem onSelect={onStart} disabledReason={off}>
          {t('start')}
        </MenuItem>
      )}
      <MenuItem href={`${servicesHref(workspace)}/new?from=${service.id}`} disabledReason={off}>
        {t('duplicate')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem danger onSelect={onDelete} disabledReason={off}>
        {t('delete')}
      </MenuItem>
    </>
  )
}
