'use client'

import { Pencil } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { DataColumn } from '@/components/data-table/columns.ts'
import { StatusText } from '@/components/feedback/status-text.tsx'
import { IconButton } from '@/components/ui/icon-button.tsx'
import { SecretText } from '@/components/ui/secret-text.tsx'
import { Time } from '@/components/ui/time.tsx'
import { useFormat } from '@/components/ui/use-format.ts'
import { useMay } from '@/lib/client/use-may.ts'
import type { InferenceService } from '@/lib/domain/inference-service.ts'
import type { ServiceToken } from '@/lib/domain/service-token.ts'
import { tokenPrefix } from '../invocation/token-prefix.ts'
import { useRevealToken } from '../invocation/use-revealed-token.ts'

export function useTokenColumns(
  workspace: string,
  service: InferenceService,
  onLimit: (token: ServiceToken) => void,
): ReadonlyArray<DataColumn<ServiceToken>> {
  const t = useTranslations('inference-services.tokens')
  const actions = useTranslations('inference-services.actions')
  const invocation = useTranslations('invocation')
  const format = useFormat()
  const reveal = useRevealToken(workspace, service.id)
  const mayWrite = useMay(workspace, 'inference-services.write')
  const mayReveal = useMay(workspace, 'inference-services.reveal-token')
  return [
    {
      id: 'token',
      header: t('token'),
      cell: (token) => (
        <SecretText
          name={t('token')}
          prefix={tokenPrefix}
          lastFour={token.hint}
          reveal={() => reveal(token.id)}
          forbiddenReason={mayReveal ? undefined : invocation('mayNotReveal')}
        />
      ),
    },
    { id: 'state', header: t('state'), cell: (token) => <TokenState token={token} /> },
    {
      id: 'limit',
      header: t('limit'),
      cell: (token) => (
        <span className="inline-flex items-center gap-1 whitespace-nowrap">
          {token.requestsPerSecond === null ? (
            <span className="text-ink-3">{t('limitNone')}</span>
          ) : (
            t('limitText', { count: token.requestsPerSecond })
          )}
          <IconButton
            icon={Pencil}
            label={t('limitEdit', { hint: token.hint })}
            onClick={() => onLimit(token)}
            disabledReason={mayWrite ? undefined : actions('mayNotWrite')}
          />
        </span>
      ),
    },
    {
      id: 'requests',
      header: t('requests'),
      cell: (token) => <span className="tnum">{format.number(token.requestsLastHour)}</span>,
      align: 'end',
      priority: 2,
    },
    {
      id: 'lastUsed',
      header: t('lastUsed'),
      cell: (token) => (token.lastUsedAt ? <Time value={token.lastUsedAt} /> : t('never')),
      priority: 2,
    },
    {
      id: 'created',
      header: t('created'),
      cell: (token) => (
        <>
          <Time value={token.createdAt} />
          <span className="block text-meta text-ink-3">{token.createdBy}</span>
        </>
      ),
      priority: 2,
    },
  ]
}

function TokenState({ token: { expiresAt } }: { readonly token: ServiceToken }) {
  const t = useTranslations('inference-services.tokens')
  if (expiresAt === null) return <StatusText tone="ok">{t('active')}</StatusText>
  return (
    <StatusText tone="warn" detail={<Time value={expiresAt} />}>
      {t('expires')}
    </StatusText>
  )
}
