'use client'

import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button.tsx'
import { CopyButton } from '@/components/ui/copy-button.tsx'
import { Time } from '@/components/ui/time.tsx'
import type { ServiceToken } from '@/lib/domain/service-token.ts'

type RotatedTokenProps = { readonly tokens: readonly ServiceToken[]; readonly onClose: () => void }

/** The new token to hand over, and how long the old one lives. */
export function RotatedToken({ tokens, onClose }: RotatedTokenProps) {
  const t = useTranslations('invocation.rotate')
  const created = tokens.find((token) => token.token !== null && token.expiresAt === null)
  const [previous] = tokens
    .filter((token) => token.expiresAt !== null)
    .sort((left, right) => right.createdAt.localeCompare(left.createdAt))
  return (
    <>
      {created?.token ? (
        <div className="rounded-box border border-line bg-sunken px-3 py-2">
          <div className="text-meta text-ink-3">{t('newToken')}</div>
          <div className="flex items-center justify-between gap-2">
            <code className="select-all break-all font-mono text-control">{created.token}</code>
            <CopyButton value={created.token} name={t('newToken')} />
          </div>
        </div>
      ) : null}
      <p className="mt-3 text-control text-ink-2">
        {previous?.expiresAt ? (
          <>
            {t('oldUntil')} <Time value={previous.expiresAt} style="absolute" />
          </>
        ) : (
          t('oldEnded')
        )}
      </p>
      <div className="mt-5 flex justify-end">
        <Button variant="primary" onClick={onClose}>
          {t('close')}
        </Button>
      </div>
    </>
  )
}
