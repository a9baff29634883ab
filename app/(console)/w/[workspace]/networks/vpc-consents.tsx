'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { DataColumn } from '@/components/data-table/columns.ts'
import { DataTable } from '@/components/data-table/data-table.tsx'
import { ConfirmDialog } from '@/components/feedback/confirm-dialog.tsx'
import type { StatusTone } from '@/components/feedback/status-glyph.tsx'
import { StatusText } from '@/components/feedback/status-text.tsx'
import { toast } from '@/components/feedback/toast.ts'
import { Button } from '@/components/ui/button.tsx'
import { TextLink } from '@/components/ui/text-link.tsx'
import { Time } from '@/components/ui/time.tsx'
import { networkQueries, useAnswerVpcConsent } from '@/lib/client/networks-queries.ts'
import type { VpcConsent } from '@/lib/domain/gateway-network.ts'
import { useWorkspace } from '../use-workspace.ts'
import { useNetworksRefusal } from './list-bar.tsx'

type Answer = 'granted' | 'declined'

const tones: Record<VpcConsent['consent'], StatusTone> = {
  granted: 'ok',
  pending: 'pending',
  declined: 'idle',
}

/** Gateways of other workspaces that ask for a VPC of this one. Nothing while none does. */
export function VpcConsents() {
  const t = useTranslations('networks.consents')
  const { workspace } = useWorkspace()
  const { data } = useQuery(networkQueries.consents(workspace))
  const columns = useConsentColumns(workspace)
  if (data === undefined || data.length === 0) return null
  return (
    <section className="mt-10">
      <h2 className="text-h2 text-ink">{t('title')}</h2>
      <p className="mt-1 mb-3 max-w-[76ch] text-control text-ink-3">{t('note')}</p>
      <DataTable
        label={t('title')}
        columns={columns}
        rows={data}
        rowId={({ id }) => id}
        rowName={({ gateway }) => gateway.name}
        rowActions={(consent) => <ConsentActions consent={consent} />}
        lines={1}
      />
    </section>
  )
}

function useConsentColumns(workspace: string): DataColumn<VpcConsent>[] {
  const t = useTranslations('networks.consents')
  return useMemo(
    () => [
      {
        id: 'gateway',
        header: t('gateway'),
        cell: ({ gateway }) => (
          <span translate="no" className="font-medium">
            {gateway.name}
          </span>
        ),
      },
      {
        id: 'workspace',
        header: t('workspace'),
        cell: ({ gateway }) => <span translate="no">{gateway.workspace}</span>,
      },
      {
        id: 'vpc',
        header: t('vpc'),
        cell: ({ vpc }) => (
          <TextLink plain translate="no" href={`/w/${workspace}/networks?open=${vpc.id}`}>
            {vpc.name}
          </TextLink>
        ),
      },
      {
        id: 'state',
        header: t('state'),
        cell: ({ consent }) => <StatusText tone={tones[consent]}>{t(`states.${consent}`)}</StatusText>,
      },
      { id: 'asked', header: t('asked'), priority: 2, cell: (row) => <Time value={row.createdAt} /> },
    ],
    [t, workspace],
  )
}

function ConsentActions({ consent }: { readonly consent: VpcConsent }) {
  const t = useTranslations('networks.consents')
  const { workspace } = useWorkspace()
  const refusal = useNetworksRefusal()
  const answer = useAnswerVpcConsent(workspace)
  const [asking, setAsking] = useState<Answer | null>(null)
  const names = { gateway: consent.gateway.name, workspace: consent.gateway.workspace, vpc: consent.vpc.name }
  const confirm = async () => {
    if (asking === null) return
    await answer.mutateAsync({ id: consent.id, version: consent.version, consent: asking })
    toast(t(`done.${asking}`))
  }
  const button = (choice: Answer, label: string) => (
    <Button
      size="sm"
      variant="quiet"
      disabledReason={refusal}
      aria-label={t('answerFor', { answer: label, gateway: names.gateway })}
      onClick={() => setAsking(choice)}
    >
      {label}
    </Button>
  )
  return (
    <span className="inline-flex gap-1">
      {consent.consent === 'granted' ? null : button('granted', t('grant'))}
      {consent.consent === 'declined'
        ? null
        : button('declined', consent.consent === 'granted' ? t('withdraw') : t('decline'))}
      {asking ? (
        <ConfirmDialog
          open
          danger={asking === 'declined' && consent.consent === 'granted'}
          onOpenChange={() => setAsking(null)}
          title={asking === 'granted' ? t('grantTitle', names) : t('declineTitle', names)}
          description={asking === 'granted' ? t('grantText', names) : t('declineText', names)}
          confirmLabel={
            asking === 'granted' ? t('grant') : consent.consent === 'granted' ? t('withdraw') : t('decline')
          }
          onConfirm={confirm}
        />
      ) : null}
    </span>
  )
}
