'use client'

import { useParams } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { MissingPage } from './missing-page.tsx'

/** 404, inside the shell when the address lies in a workspace. */
export function NotFoundPage() {
  const t = useTranslations('shell')
  const { workspace } = useParams<{ workspace?: string }>()
  return (
    <MissingPage
      title={t('errors.notFound')}
      text={t('errors.notFoundText')}
      links={
        workspace
          ? [{ href: `/w/${workspace}`, label: t('errors.back') }]
          : [{ href: '/w', label: t('errors.allWorkspaces') }]
      }
    />
  )
}
