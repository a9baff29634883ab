'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { DataColumn } from '@/components/data-table/columns.ts'
import { useSentences } from '@/components/form/issue-text.ts'
import { TextLink } from '@/components/ui/text-link.tsx'
import { Time } from '@/components/ui/time.tsx'
import { truncateMiddle } from '@/components/ui/truncate-middle.ts'
import { useFormat } from '@/components/ui/use-format.ts'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'
import { UsersCell } from '../object-users.tsx'
import { useFormatNames } from '../use-format-names.ts'
import { KeyText } from './key-text.tsx'
import { ServiceHealthCell } from './service-health.tsx'
import { serviceHref } from './service-href.ts'
import { SourceCell } from './source-cell.tsx'

/** The list's columns, most important first. */
export function useServiceColumns(workspace: string): DataColumn<UpstreamService>[] {
  const t = useTranslations('services')
  const sentence = useSentences()
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('columns.name'),
        cell: (service) => <NameCell workspace={workspace} service={service} />,
        skeleton: '70%',
      },
      {
        id: 'source',
        header: t('columns.source'),
        cell: (service) => <SourceCell service={service} />,
      },
      {
        id: 'health',
        header: t('columns.health'),
        cell: (service) => <ServiceHealthCell service={service} />,
      },
      {
        id: 'address',
        header: t('columns.address'),
        priority: 2,
        cell: ({ address }) => (
          <span title={address} className="font-mono text-code [overflow-wrap:anywhere]">
            {truncateMiddle(sentence(address), 42)}
          </span>
        ),
      },
      {
        id: 'protocol',
        header: t('columns.protocol'),
        priority: 2,
        cell: (service) => <FormatsCell service={service} />,
      },
      {
        id: 'usedBy',
        header: t('columns.usedBy'),
        priority: 2,
        cell: ({ usedBy }) => <UsersCell users={usedBy} />,
      },
      {
        id: 'key',
        header: t('columns.key'),
        priority: 3,
        cell: (service) => <KeysCell service={service} />,
      },
    ],
    [t, workspace, sentence],
  )
}

interface CellProps {
  readonly service: UpstreamService
}

function NameCell({ workspace, service }: CellProps & { readonly workspace: string }) {
  return (
    <>
      <TextLink
        plain
        translate="no"
        href={serviceHref(workspace, service.id)}
        className="block font-medium text-ink! [overflow-wrap:anywhere]"
      >
        {service.name}
      </TextLink>
      <span
        title={service.id}
        className="block whitespace-nowrap font-mono text-meta text-ink-3 max-md:hidden"
      >
        {truncateMiddle(service.id, 18)}
      </span>
    </>
  )
}

function FormatsCell({ service: { formats } }: CellProps) {
  const names = useFormatNames()
  return <span className="[overflow-wrap:anywhere]">{names(formats)}</span>
}

/** The first key and how old it is; the others are counted. */
function KeysCell({ service: { keys } }: CellProps) {
  const t = useTranslations('services')
  const format = useFormat()
  const [first, ...others] = keys
  if (first === undefined) return <span className="text-ink-3">{format.none}</span>
  return (
    <>
      <KeyText hint={first.hint} />
      <span className="block text-meta text-ink-3">
        <Time value={first.createdAt} />
        {others.length > 0 ? ` · ${t('moreKeys', { count: others.length })}` : null}
      </span>
    </>
  )
}
