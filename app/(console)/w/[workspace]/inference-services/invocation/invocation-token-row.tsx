'use client'

import { useQuery } from '@tanstack/react-query'
import { RefreshCw } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { FactRow } from '@/components/page/facts.tsx'
import { IconButton } from '@/components/ui/icon-button.tsx'
import { SecretText } from '@/components/ui/secret-text.tsx'
import { TextLink } from '@/components/ui/text-link.tsx'
import { Time } from '@/components/ui/time.tsx'
import { serviceTokenQueries } from '@/lib/client/service-tokens-queries.ts'
import { useMay } from '@/lib/client/use-may.ts'
import type { ServiceToken } from '@/lib/domain/service-token.ts'
import { serviceHref } from '../service-href.ts'
import type { InvocationProps } from './invocation-props.ts'
import { RotateTokenDialog } from './rotate-token-dialog.tsx'
import { tokenPrefix } from './token-prefix.ts'
import { useRevealToken } from './use-revealed-token.ts'

export function InvocationTokenRow({ workspace, service }: InvocationProps) {
  const t = useTranslations('invocation')
  const [rotating, setRotating] = useState(false)
  const mayRotate = useMay(workspace, 'inference-services.write')
  const { data, error } = useQuery(serviceTokenQueries.list(workspace, service.id))
  const active = data?.find((token) => token.expiresAt === null)
  const expiring = (data?.length ?? 0) - (active ? 1 : 0)
  return (
    <>
      <FactRow
        label={t('token')}
        actions={
          mayRotate ? (
            <IconButton icon={RefreshCw} label={t('rotate.action')} onClick={() => setRotating(true)} />
          ) : null
        }
      >
        {active ? <ActiveToken workspace={workspace} service={service} token={active} /> : null}
        {error ? <span className="text-bad-text">{t('tokensFailed')}</span> : null}
        {expiring > 0 ? (
          <span className="block text-meta text-ink-3">
            {t('tokenExpiring', { count: expiring })}{' '}
            <TextLink href={serviceHref(workspace, service.id, 'tokens')}>{t('seeTokens')}</TextLink>
          </span>
        ) : null}
      </FactRow>
      <RotateTokenDialog
        workspace={workspace}
        service={service}
        active={active}
        open={rotating}
        onOpenChange={setRotating}
      />
    </>
  )
}

function ActiveToken({ workspace, service, token }: InvocationProps & { readonly token: ServiceToken }) {
  const t = useTranslations('invocation')
  const mayReveal = useMay(workspace, 'inference-services.reveal-token')
  const reveal = useRevealToken(workspace, service.id)
  return (
    <span className="flex flex-wrap items-center gap-x-3">
      <SecretText
        key={token.id}
        name={t('token')}
        prefix={tokenPrefix}
        lastFour={token.hint}
        reveal={() => reveal(token.id)}
        forbiddenReason={mayReveal ? undefined : t('mayNotReveal')}
      />
      <span className="text-meta text-ink-3">
        {t('tokenCreated')} <Time value={token.createdAt} />
        {' · '}
        {token.lastUsedAt ? (
          <>
            {t('tokenUsed')} <Time value={token.lastUsedAt} />
          </>
        ) : (
          t('tokenNeverUsed')
        )}
      </span>
    </span>
  )
}
