'use client'

import { useTranslations } from 'use-intl'
import { PageTitle } from '@/components/shell/page-title.tsx'
import { SignInForm } from './sign-in-form.tsx'

export function SignInPage({ next }: { readonly next: string }) {
  const t = useTranslations('auth.signIn')
  return (
    <>
      <PageTitle>{t('title')}</PageTitle>
      <h1 className="mb-6 text-h1">{t('title')}</h1>
      <SignInForm next={next} />
      <p className="mt-6 max-w-[52ch] text-meta text-ink-3">{t('help')}</p>
    </>
  )
}
