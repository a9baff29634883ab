'use client'

import { useTranslations } from 'use-intl'
import type { Credential } from '@/lib/domain/consumer.ts'

/** Its kind, and what tells it apart; never the secret. */
export function CredentialText({ credential }: { readonly credential: Credential }) {
  const t = useTranslations('consumers')
  return (
    <span className="[overflow-wrap:anywhere]">
      {t(`types.${credential.type}`)} <CredentialMark credential={credential} />
    </span>
  )
}

/** `••••9f3c`, a key ID, or the claim that a token makes. */
export function CredentialMark({ credential }: { readonly credential: Credential }) {
  const t = useTranslations('consumers')
  if (credential.type === 'api-key') {
    return (
      <span className="whitespace-nowrap font-mono text-code">
        <span className="sr-only">{t('endsIn', { hint: credential.hint })}</span>
        <span aria-hidden="true">••••{credential.hint}</span>
      </span>
    )
  }
  return (
    <span translate="no" className="font-mono text-code">
      {credentialName(credential)}
    </span>
  )
}

/** What tells it apart, as plain text. */
export function credentialName(credential: Credential): string {
  switch (credential.type) {
    case 'api-key':
      return `••••${credential.hint}`
    case 'jwt':
      return `${credential.claim} = ${credential.value}`
    case 'hmac':
      return credential.keyId
  }
}
