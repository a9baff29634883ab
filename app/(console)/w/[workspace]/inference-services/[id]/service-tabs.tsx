'use client'

import { useTranslations } from 'use-intl'
import { LinkTabs } from '@/components/ui/tabs.tsx'
import type { InferenceService } from '@/lib/domain/inference-service.ts'
import { serviceHref } from '../service-href.ts'
import type { ServiceTabId } from './service-tab-id.ts'

type ServiceTabsProps = {
  readonly workspace: string
  readonly service: InferenceService
  readonly current: ServiceTabId
}

const tabs: readonly ServiceTabId[] = ['overview', 'instances', 'tokens', 'configuration']

export function ServiceTabs({ workspace, service, current }: ServiceTabsProps) {
  const t = useTranslations('inference-services.tabs')
  return (
    <LinkTabs
      label={t('label')}
      items={tabs.map((tab) => ({
        href: serviceHref(workspace, service.id, tab === 'overview' ? undefined : tab),
        label: t(tab),
        current: tab === current,
        ...(tab === 'instances' ? { count: service.instances.length } : {}),
      }))}
    />
  )
}
