'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { DataColumn } from '@/components/data-table/columns.ts'
import type { StatusTone } from '@/components/feedback/status-glyph.tsx'
import { StatusText } from '@/components/feedback/status-text.tsx'
import { Time } from '@/components/ui/time.tsx'
import type { GatewayNode } from '@/lib/domain/gateway.ts'
import { Amount } from '../../../amount.tsx'
import { NodeRevision } from './node-revision.tsx'

const tones: Record<GatewayNode['state'], StatusTone> = { running: 'ok', draining: 'info', lost: 'bad' }

/** `newest`: the revision that every node should run. */
export function useNodeColumns(newest: number): DataColumn<GatewayNode>[] {
  const t = useTranslations('gateways.nodes')
  return useMemo(
    () => [
      { id: 'node', header: t('columns.node'), cell: (node) => <NodeCell node={node} /> },
      { id: 'state', header: t('columns.state'), cell: (node) => <StateCell node={node} /> },
      {
        id: 'revision',
        header: t('columns.revision'),
        cell: (node) => <NodeRevision node={node} newest={newest} />,
      },
      {
        id: 'listeners',
        header: t('columns.listeners'),
        priority: 2,
        cell: (node) => <ListenersCell node={node} />,
      },
      {
        id: 'open',
        header: t('columns.open'),
        priority: 2,
        align: 'end',
        cell: (node) => <Amount value={node.openRequests} />,
      },
      {
        id: 'connections',
        header: t('columns.connections'),
        priority: 2,
        align: 'end',
        cell: (node) => <Amount value={node.connections} />,
      },
      {
        id: 'memory',
        header: t('columns.memory'),
        priority: 2,
        align: 'end',
        cell: (node) => <Amount as="bytes" value={node.residentBytes} />,
      },
      { id: 'version', header: t('columns.version'), priority: 3, cell: ({ version }) => version },
      {
        id: 'seen',
        header: t('columns.seen'),
        priority: 2,
        cell: ({ seenAt }) => <Time value={seenAt} className="text-ink-3" />,
      },
    ],
    [t, newest],
  )
}

function NodeCell({ node }: { readonly node: GatewayNode }) {
  const t = useTranslations('gateways.nodes')
  return (
    <>
      <span className="block font-mono font-medium [overflow-wrap:anywhere]">{node.id}</span>
      <span className="block text-meta text-ink-3">
        {t('process', { host: node.host, pid: String(node.pid) })}
      </span>
    </>
  )
}

function StateCell({ node }: { readonly node: GatewayNode }) {
  const t = useTranslations('gateways.nodes')
  return (
    <>
      <StatusText
        tone={tones[node.state]}
        detail={node.state === 'draining' ? t('drainingLeft', { count: node.openRequests }) : null}
      >
        {t(`states.${node.state}`)}
      </StatusText>
      <span className="block text-meta text-ink-3">
        {t.rich('started', { time: () => <Time value={node.startedAt} /> })}
      </span>
    </>
  )
}

function ListenersCell({ node }: { readonly node: GatewayNode }) {
  const t = useTranslations('gateways.nodes')
  return node.listeners.map(({ side, protocol, port }) => (
    <span key={`${side} ${port}`} className="block whitespace-nowrap">
      {t(`sides.${side}`)} <span className="font-mono text-ink-2">{`${protocol} :${port}`}</span>
    </span>
  ))
}
