'use client'

import { useTranslations } from 'use-intl'
import { CodeBlock } from '@/components/ui/code-block.tsx'
import type { Credential } from '@/lib/domain/consumer.ts'

/** The key or secret of the answer that made it; null where there is none to hand over. */
export function secretOf(credential: Credential | undefined): string | null {
  if (credential?.type === 'api-key') return credential.key
  return credential?.type === 'hmac' ? credential.secret : null
}

/** What was made just now, to hand over, and how a caller sends it. */
export function MadeSecret({ credential }: { readonly credential: Credential }) {
  const t = useTranslations('consumers.made')
  const secret = secretOf(credential)
  if (secret === null) return null
  const isKey = credential.type === 'api-key'
  return (
    <div className="flex flex-col gap-3">
      <CodeBlock code={secret} language="text" name={t(isKey ? 'key' : 'secret')} />
      <CodeBlock code={sentAs(credential, secret)} language="text" name={t('sentAs')} />
    </div>
  )
}

/** The header or query of a call; of a signature, which is made anew for every call, its fixed part. */
function sentAs(credential: Credential, secret: string): string {
  if (credential.type === 'hmac') {
    const covered = credential.components.map((name) => `"${name}"`).join(' ')
    return `Signature-Input: sig=(${covered});created=…;keyid="${credential.keyId}";alg="hmac-sha256"`
  }
  const { location } = credential
  if (location.in === 'header') return `${location.name}: ${secret}`
  if (location.in === 'query') return `?${location.name}=${encodeURIComponent(secret)}`
  return `Authorization: Bearer ${secret}`
}
