'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { DataColumn } from '@/components/data-table/columns.ts'
import { DataTable } from '@/components/data-table/data-table.tsx'
import type { StatusTone } from '@/components/feedback/status-glyph.tsx'
import { StatusText } from '@/components/feedback/status-text.tsx'
import { useSentences } from '@/components/form/issue-text.ts'
import { MonoValue } from '@/components/ui/mono-value.tsx'
import { Time } from '@/components/ui/time.tsx'
import { useFormat } from '@/components/ui/use-format.ts'
import type { ServiceNode, UpstreamService } from '@/lib/domain/upstream-service.ts'

const tones: Record<ServiceNode['state'], StatusTone> = {
  unknown: 'pending',
  ready: 'ok',
  unready: 'bad',
  ejected: 'bad',
  probing: 'info',
  paused: 'warn',
}

/** Where requests go, and how each place is doing. */
export function ServiceNodes({ service }: { readonly service: UpstreamService }) {
  const t = useTranslations('services.nodes')
  const columns = useNodeColumns(service.provider === null)
  if (service.nodes.length === 0) return <p className="text-control text-ink-3">{t('none')}</p>
  return (
    <DataTable
      label={t('title')}
      columns={columns}
      rows={service.nodes}
      rowId={({ id }) => id}
      rowName={({ url }) => url}
    />
  )
}

function useNodeColumns(weighted: boolean): DataColumn<ServiceNode>[] {
  const t = useTranslations('services.nodes')
  const format = useFormat()
  return useMemo(() => {
    const when = (instant: string | null) => (instant === null ? format.none : <Time value={instant} />)
    const columns: DataColumn<ServiceNode>[] = [
      {
        id: 'address',
        header: t('address'),
        cell: ({ url }) => <MonoValue value={url} name={t('address')} charactersMax={44} />,
      },
      { id: 'state', header: t('state'), cell: (node) => <NodeState node={node} /> },
      { id: 'since', header: t('since'), priority: 2, cell: ({ since }) => when(since) },
    ]
    if (!weighted) return columns
    return columns.toSpliced(2, 0, {
      id: 'weight',
      header: t('weight'),
      align: 'end',
      priority: 2,
      cell: ({ weight }) => <span className="tnum">{format.number(weight)}</span>,
    })
  }, [t, format, weighted])
}

function NodeState({ node: { state, reason } }: { readonly node: ServiceNode }) {
  const t = useTranslations('services.nodes.states')
  const sentence = useSentences()
  return (
    <>
      <StatusText tone={tones[state]}>{t(state)}</StatusText>
      {reason ? (
        <span className="block max-w-[420px] text-meta text-ink-3 [overflow-wrap:anywhere]">
          {sentence(reason)}
        </span>
      ) : null}
    </>
  )
}
