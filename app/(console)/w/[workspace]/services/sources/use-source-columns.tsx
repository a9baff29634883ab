'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { DataColumn } from '@/components/data-table/columns.ts'
import type { StatusTone } from '@/components/feedback/status-glyph.tsx'
import { StatusText } from '@/components/feedback/status-text.tsx'
import { useSentences } from '@/components/form/issue-text.ts'
import { Monogram } from '@/components/ui/monogram.tsx'
import { TextLink } from '@/components/ui/text-link.tsx'
import { Time } from '@/components/ui/time.tsx'
import { truncateMiddle } from '@/components/ui/truncate-middle.ts'
import { useFormat } from '@/components/ui/use-format.ts'
import type { Source } from '@/lib/domain/source.ts'
import { useGatewayName } from '../../gateway-name.ts'
import { UsersCell } from '../../object-users.tsx'
import { sourcesHref } from '../service-href.ts'

const tones: Record<Source['sync']['state'], StatusTone> = {
  idle: 'idle',
  pending: 'pending',
  current: 'ok',
  stale: 'warn',
  failed: 'bad',
}
const tiles: Record<Source['type'], string> = { kubernetes: 'K8s', sae: 'SAE', nacos: 'N' }

export function useSourceColumns(workspace: string): DataColumn<Source>[] {
  const t = useTranslations('sources')
  const format = useFormat()
  const gatewayName = useGatewayName()
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('columns.name'),
        cell: ({ id, name }) => (
          <>
            <TextLink
              plain
              translate="no"
              scroll={false}
              href={`${sourcesHref(workspace)}?open=${id}`}
              className="block font-medium text-ink! [overflow-wrap:anywhere]"
            >
              {name}
            </TextLink>
            <span title={id} className="block font-mono text-meta text-ink-3">
              {truncateMiddle(id, 18)}
            </span>
          </>
        ),
      },
      {
        id: 'type',
        header: t('columns.type'),
        cell: ({ type }) => (
          <span className="flex items-center gap-2">
            <Monogram text={tiles[type]} />
            {t(`types.${type}`)}
          </span>
        ),
      },
      { id: 'sync', header: t('columns.sync'), cell: ({ sync }) => <SyncCell sync={sync} /> },
      {
        id: 'endpoint',
        header: t('columns.endpoint'),
        priority: 2,
        cell: ({ endpoint }) => (
          <span title={endpoint} className="font-mono text-code [overflow-wrap:anywhere]">
            {truncateMiddle(endpoint, 42)}
          </span>
        ),
      },
      {
        id: 'services',
        header: t('columns.services'),
        priority: 2,
        cell: ({ services }) => (
          <UsersCell users={services.map((service) => ({ kind: 'service', ...service }))} />
        ),
      },
      {
        id: 'gateway',
        header: t('columns.gateway'),
        priority: 3,
        cell: ({ gateway }) => gatewayName(gateway),
      },
      {
        id: 'synced',
        header: t('columns.synced'),
        priority: 3,
        cell: ({ sync: { syncedAt } }) => (syncedAt === null ? format.none : <Time value={syncedAt} />),
      },
    ],
    [t, workspace, format, gatewayName],
  )
}

function SyncCell({ sync: { state, reason } }: Pick<Source, 'sync'>) {
  const t = useTranslations('sources.sync')
  const sentence = useSentences()
  return (
    <>
      <StatusText tone={tones[state]}>{t(state)}</StatusText>
      {reason === null ? null : (
        <span
          title={sentence(reason)}
          className="line-clamp-3 max-w-[320px] text-meta text-ink-3 [overflow-wrap:anywhere]"
        >
          {sentence(reason)}
        </span>
      )}
    </>
  )
}
