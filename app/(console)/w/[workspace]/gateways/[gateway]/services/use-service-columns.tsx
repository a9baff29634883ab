'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { DataColumn } from '@/components/data-table/columns.ts'
import type { StatusTone } from '@/components/feedback/status-glyph.tsx'
import { StatusText } from '@/components/feedback/status-text.tsx'
import { TextLink } from '@/components/ui/text-link.tsx'
import { readyInstances } from '@/lib/client/ready-instances.ts'
import type { InferenceService, ServiceStatus } from '@/lib/domain/inference-service.ts'
import { Amount } from '../../../amount.tsx'

const tones: Record<ServiceStatus, StatusTone> = {
  creating: 'info',
  running: 'ok',
  degraded: 'warn',
  updating: 'info',
  stopping: 'info',
  stopped: 'idle',
  failed: 'bad',
}

export function useServiceColumns(workspace: string): DataColumn<InferenceService>[] {
  const t = useTranslations('gateways.services')
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('columns.name'),
        cell: (service) => (
          <TextLink
            plain
            href={`/w/${workspace}/inference-services/${service.id}`}
            className="font-medium text-ink"
            translate="no"
          >
            {service.name}
          </TextLink>
        ),
      },
      {
        id: 'status',
        header: t('columns.status'),
        cell: ({ status }) => (
          <StatusText tone={tones[status.state]}>{t(`states.${status.state}`)}</StatusText>
        ),
      },
      {
        id: 'instances',
        header: t('columns.instances'),
        align: 'end',
        priority: 2,
        cell: (service) => `${readyInstances(service)} / ${service.instances.length}`,
      },
      {
        id: 'requests',
        header: t('columns.requests'),
        align: 'end',
        priority: 2,
        cell: ({ traffic24h }) => <Amount value={traffic24h.requests} />,
      },
      {
        id: 'success',
        header: t('columns.success'),
        align: 'end',
        priority: 2,
        cell: ({ traffic24h }) => <Amount as="percent" value={traffic24h.successRate} />,
      },
    ],
    [t, workspace],
  )
}
