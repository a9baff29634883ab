'use client'

import { useTranslations } from 'use-intl'
import { PageTitle } from '@/components/shell/page-title.tsx'
import { ButtonLink } from '@/components/ui/button-link.tsx'

export function InvitationClosed() {
  const t = useTranslations('auth')
  return (
    <>
      <PageTitle>{t('invitation.closedTitle')}</PageTitle>
      <h1 className="text-h1">{t('invitation.closedTitle')}</h1>
      <p className="mt-2 text-body text-ink-2">{t('invitation.closed')}</p>
      <ButtonLink href="/sign-in" className="mt-6">
        {t('setup.goToSignIn')}
      </ButtonLink>
    </>
  )
}
