'use client'

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { MissingPage } from './missing-page.tsx'

type ForbiddenPageProps = {
  /** Which role is needed and who grants it; a general sentence when left out. */
  readonly text?: ReactNode
  readonly links: ReadonlyArray<{ readonly href: string; readonly label: string }>
}

/** 403: the page exists, the reader's role does not reach it. */
export function ForbiddenPage({ text, links }: ForbiddenPageProps) {
  const t = useTranslations('shell')
  return <MissingPage title={t('errors.forbidden')} text={text ?? t('errors.forbiddenText')} links={links} />
}
