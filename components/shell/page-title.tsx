'use client'

import { useTranslations } from 'use-intl'
import { useShell } from './shell-context.tsx'

/** `<title>`: "object · section · workspace · Switchyard", without repetitions. */
export function PageTitle({ children }: { readonly children: string }) {
  const t = useTranslations('shell')
  const { section, workspace } = useShell()
  const parts = [children, section?.label, workspace?.displayName, t('product')]
  const distinct = parts.filter((part, index) => part !== undefined && parts.indexOf(part) === index)
  return <title>{distinct.join(' · ')}</title>
}
