'use client'

import { X } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { DataColumn } from '@/components/data-table/columns.ts'
import { DataTable } from '@/components/data-table/data-table.tsx'
import { IconButton } from '@/components/ui/icon-button.tsx'
import { Time } from '@/components/ui/time.tsx'
import { useFormat } from '@/components/ui/use-format.ts'
import { blockSize, type WhitelistBlock } from '@/lib/client/gateway-whitelist.ts'
import type { Whitelist } from '@/lib/domain/whitelist.ts'
import { WhitelistNote } from './whitelist-note.tsx'

type Entry = Whitelist['items'][number]

interface WhitelistTableProps {
  readonly list: Whitelist
  readonly onRemove: ((block: WhitelistBlock) => void) | undefined
  readonly onRename: ((block: WhitelistBlock) => Promise<void>) | undefined
}

export function WhitelistTable({ list, onRemove, onRename }: WhitelistTableProps) {
  const t = useTranslations('gateway-access')
  const columns = useColumns(onRename)
  if (list.items.length === 0) return <p className="text-control text-ink-2">{t('noBlock')}</p>
  return (
    <DataTable
      label={t('whitelist')}
      columns={columns}
      rows={list.items}
      rowId={({ cidr }) => cidr}
      rowName={({ cidr }) => cidr}
      lines={1}
      {...(onRemove
        ? {
            rowActions: (entry: Entry) => (
              <IconButton
                icon={X}
                label={t('removeBlock', { cidr: entry.cidr })}
                onClick={() => onRemove(entry)}
              />
            ),
          }
        : {})}
    />
  )
}

function useColumns(onRename: WhitelistTableProps['onRename']): DataColumn<Entry>[] {
  const t = useTranslations('gateway-access')
  return useMemo(
    () => [
      {
        id: 'cidr',
        header: t('columns.cidr'),
        cell: ({ cidr }) => <span className="font-mono">{cidr}</span>,
      },
      {
        id: 'addresses',
        header: t('columns.addresses'),
        align: 'end',
        priority: 2,
        cell: ({ cidr }) => <BlockSize cidr={cidr} />,
      },
      {
        id: 'note',
        header: t('columns.note'),
        cell: (entry) => <WhitelistNote block={entry} onSave={onRename} />,
      },
      {
        id: 'added',
        header: t('columns.added'),
        priority: 2,
        cell: ({ createdBy, createdAt }) => (
          <span className="text-ink-2">
            {createdBy} · <Time value={createdAt} />
          </span>
        ),
      },
    ],
    [t, onRename],
  )
}

function BlockSize({ cidr }: { readonly cidr: string }) {
  const t = useTranslations('gateway-access')
  const format = useFormat()
  const size = blockSize(cidr)
  if (size === 'all') return t('all')
  if ('count' in size) return <span className="tnum">{format.number(size.count)}</span>
  return (
    <span className="tnum">
      2<sup>{size.exponent}</sup>
    </span>
  )
}
