'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { DataColumn } from '@/components/data-table/columns.ts'
import { DataTable } from '@/components/data-table/data-table.tsx'
import { Section } from '@/components/page/section.tsx'
import { TextLink } from '@/components/ui/text-link.tsx'
import type { Overview } from '@/lib/domain/overview.ts'
import { Amount } from './amount.tsx'

type TopService = Overview['topServices'][number]

interface TopServicesProps {
  readonly workspace: string
  readonly services: readonly TopService[]
}

export function TopServices({ workspace, services }: TopServicesProps) {
  const t = useTranslations('overview.top')
  const href = (service: TopService) => `/w/${workspace}/inference-services/${service.id}`
  const columns = useMemo<DataColumn<TopService>[]>(
    () => [
      {
        id: 'name',
        header: t('service'),
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
        id: 'requests',
        header: t('requests'),
        align: 'end',
        cell: ({ requests }) => <Amount value={requests} />,
      },
      { id: 'errors', header: t('errors'), align: 'end', cell: ({ errors }) => <Amount value={errors} /> },
      {
        id: 'share',
        header: t('share'),
        align: 'end',
        priority: 2,
        cell: ({ requests, errors }) => (
          <Amount as="percent" value={requests === 0 ? null : errors / requests} />
        ),
      },
    ],
    [t, workspace],
  )
  return (
    <Section title={t('title')} note={t('note')}>
      {services.length === 0 ? (
        <p className="text-control text-ink-2">{t('none')}</p>
      ) : (
        <DataTable
          label={t('title')}
          columns={columns}
          rows={services}
          rowId={({ id }) => id}
          rowName={({ name }) => name}
          rowHref={href}
          lines={1}
        />
      )}
    </Section>
  )
}
