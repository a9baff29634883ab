'use client'

import { useTranslations } from 'use-intl'
import type { DataColumn } from '@/components/data-table/columns.ts'
import { StatusText } from '@/components/feedback/status-text.tsx'
import { Time } from '@/components/ui/time.tsx'
import type { Credential } from '@/lib/domain/consumer.ts'
import { CredentialText } from '../credential-text.tsx'
import { usePlaceText } from '../use-credential-words.ts'

export function useCredentialColumns(): DataColumn<Credential>[] {
  const t = useTranslations('consumers.credentials')
  const placeText = usePlaceText()
  return [
    {
      id: 'credential',
      header: t('credential'),
      cell: (credential) => (
        <>
          <CredentialText credential={credential} />
          <Checks credential={credential} />
        </>
      ),
    },
    {
      id: 'place',
      header: t('place'),
      priority: 2,
      cell: (credential) => <span className="[overflow-wrap:anywhere]">{placeText(credential)}</span>,
    },
    { id: 'state', header: t('state'), cell: (credential) => <CredentialState {...credential} /> },
    {
      id: 'created',
      header: t('created'),
      priority: 2,
      cell: ({ createdAt }) => <Time value={createdAt} />,
    },
  ]
}

function CredentialState({ expiresAt }: Pick<Credential, 'expiresAt'>) {
  const t = useTranslations('consumers.credentials')
  if (expiresAt === null)
    return (
      <StatusText tone="ok" className="whitespace-nowrap">
        {t('active')}
      </StatusText>
    )
  return (
    <StatusText tone="warn" detail={<Time value={expiresAt} />}>
      {t('ends')}
    </StatusText>
  )
}

/** What a token or a signature must be like. */
function Checks({ credential }: { readonly credential: Credential }) {
  const t = useTranslations('consumers.credentials')
  if (credential.type === 'api-key') return null
  const facts =
    credential.type === 'hmac'
      ? [
          t('covers', { components: credential.components.join(' ') }),
          t('maxAge', { seconds: credential.maxAgeSeconds }),
        ]
      : [
          credential.algorithms.join(', '),
          credential.keys.from === 'url' ? credential.keys.jwksUrl : t(`keysFrom.${credential.keys.from}`),
          ...(credential.issuer === null ? [] : [`iss ${credential.issuer}`]),
          ...(credential.audience === null ? [] : [`aud ${credential.audience}`]),
        ]
  return (
    <span translate="no" className="block text-meta text-ink-3 [overflow-wrap:anywhere]">
      {facts.join(' · ')}
    </span>
  )
}
