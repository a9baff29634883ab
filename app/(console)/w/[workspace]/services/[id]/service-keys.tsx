'use client'

import { Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { DataColumn } from '@/components/data-table/columns.ts'
import { DataTable } from '@/components/data-table/data-table.tsx'
import type { StatusTone } from '@/components/feedback/status-glyph.tsx'
import { StatusText } from '@/components/feedback/status-text.tsx'
import { Button } from '@/components/ui/button.tsx'
import { MenuItem, MenuSeparator, MoreMenu } from '@/components/ui/menu.tsx'
import { Time } from '@/components/ui/time.tsx'
import { useFormat } from '@/components/ui/use-format.ts'
import { keysMax } from '@/lib/domain/service-parts.ts'
import type { ServiceKey, UpstreamService } from '@/lib/domain/upstream-service.ts'
import { KeyText } from '../key-text.tsx'
import { useReasonText } from '../use-reason-text.ts'
import { useServicesRefusal } from '../use-services-refusal.ts'
import { KeyDialog } from './key-dialog.tsx'
import { RemoveKeyDialog } from './remove-key-dialog.tsx'

const tones: Record<ServiceKey['state'], StatusTone> = {
  unknown: 'pending',
  ready: 'ok',
  failing: 'bad',
  paused: 'warn',
}

/** What is being done, with which key. */
type Act = { readonly kind: 'add' } | { readonly kind: 'replace' | 'remove'; readonly key: ServiceKey }

/** How each key is doing; keys are replaced, added and removed one by one, and never read back. */
export function ServiceKeys({ service }: { readonly service: UpstreamService }) {
  const t = useTranslations('services.keys')
  const columns = useKeyColumns()
  const refusal = useServicesRefusal('services')
  const [act, setAct] = useState<Act | null>(null)
  const full = service.keys.length >= keysMax ? t('full', { max: keysMax }) : undefined
  const last = service.keys.length === 1 ? t('last') : undefined
  const close = () => setAct(null)
  return (
    <>
      <DataTable
        label={t('title')}
        columns={columns}
        rows={service.keys}
        rowId={({ id }) => id}
        rowName={({ label, hint }) => label || `••••${hint}`}
        rowActions={(key) => (
          <MoreMenu label={t('actionsFor', { name: key.label || `••••${key.hint}` })}>
            <MenuItem disabledReason={refusal} onSelect={() => setAct({ kind: 'replace', key })}>
              {t('replace')}
            </MenuItem>
            <MenuSeparator />
            <MenuItem
              danger
              disabledReason={refusal ?? last}
              onSelect={() => setAct({ kind: 'remove', key })}
            >
              {t('remove')}
            </MenuItem>
          </MoreMenu>
        )}
      />
      <Button
        size="sm"
        icon={Plus}
        className="mt-3"
        disabledReason={refusal ?? full}
        onClick={() => setAct({ kind: 'add' })}
      >
        {t('add')}
      </Button>
      {act?.kind === 'add' ? <KeyDialog service={service} replaced={null} onClose={close} /> : null}
      {act?.kind === 'replace' ? <KeyDialog service={service} replaced={act.key} onClose={close} /> : null}
      {act?.kind === 'remove' ? (
        <RemoveKeyDialog service={service} removed={act.key} onClose={close} />
      ) : null}
    </>
  )
}

function useKeyColumns(): DataColumn<ServiceKey>[] {
  const t = useTranslations('services.keys')
  const format = useFormat()
  return useMemo(() => {
    const when = (instant: string | null) => (instant === null ? format.none : <Time value={instant} />)
    return [
      {
        id: 'key',
        header: t('key'),
        cell: ({ label, hint }) => (
          <>
            {label ? <span className="block font-medium [overflow-wrap:anywhere]">{label}</span> : null}
            <KeyText hint={hint} />
          </>
        ),
      },
      { id: 'state', header: t('state'), cell: (key) => <KeyState value={key} /> },
      { id: 'until', header: t('until'), priority: 2, cell: ({ until }) => when(until) },
      { id: 'since', header: t('since'), priority: 3, cell: ({ since }) => when(since) },
      { id: 'added', header: t('added'), priority: 2, cell: ({ createdAt }) => when(createdAt) },
    ]
  }, [t, format])
}

function KeyState({ value: { state, reason } }: { readonly value: ServiceKey }) {
  const t = useTranslations('services.keys.states')
  const reasonText = useReasonText()
  return (
    <>
      <StatusText tone={tones[state]}>{t(state)}</StatusText>
      {reason ? (
        <span className="block max-w-[420px] text-meta text-ink-3 [overflow-wrap:anywhere]">
          {reasonText(reason)}
        </span>
      ) : null}
    </>
  )
}
