'use client'

import { useTranslations } from 'use-intl'
import { PageTitle } from '@/components/shell/page-title.tsx'
import { ButtonLink } from '@/components/ui/button-link.tsx'

/** A wrong, used or old link: what it means, and the way on for both kinds of reader. */
export function SetupClosed() {
  const t = useTranslations('auth.setup')
  return (
    <>
      <PageTitle>{t('closedTitle')}</PageTitle>
      <h1 className="text-h1">{t('closedTitle')}</h1>
      <div className="mt-2 flex flex-col gap-3 text-body text-ink-2">
        <p>{t('closed')}</p>
        <p>{t('closedRestart')}</p>
        <p>{t('closedSignIn')}</p>
      </div>
      <ButtonLink href="/sign-in" className="mt-6">
        {t('goToSignIn')}
      </ButtonLink>
    </>
  )
}
