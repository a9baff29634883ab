'use client'

import { useNow, useTranslations } from 'use-intl'
import { StatusGlyph } from '@/components/feedback/status-glyph.tsx'

/** `until`: epoch milliseconds when the next attempt is let through. */
export type Refusal = { readonly kind: 'wrong' } | { readonly kind: 'limited'; readonly until: number }

/** Says why signing in was refused, and never which of the two was wrong. The live region stays on the page. */
export function SignInRefusal({ refusal }: { readonly refusal: Refusal | null }) {
  const t = useTranslations('auth.signIn')
  return (
    <div role="alert" className="-my-1 text-control text-bad-text empty:hidden">
      {refusal === null ? null : (
        <p className="flex gap-2">
          <StatusGlyph tone="bad" className="mt-[5px]" />
          {refusal.kind === 'wrong' ? t('wrong') : <Countdown until={refusal.until} />}
        </p>
      )}
    </div>
  )
}

function Countdown({ until }: { readonly until: number }) {
  const t = useTranslations('auth.signIn')
  const now = useNow({ updateInterval: 1000 })
  const seconds = Math.max(0, Math.ceil((until - now.getTime()) / 1000))
  return <span className="tnum">{seconds > 0 ? t('limited', { seconds }) : t('limitedOver')}</span>
}
