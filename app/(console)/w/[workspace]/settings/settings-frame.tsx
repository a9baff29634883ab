'use client'

import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { PageBody } from '@/components/page/page-body.tsx'
import { PageHeader } from '@/components/page/page-header.tsx'
import { useShellActions } from '@/components/shell/shell-context.tsx'
import { LinkTabs } from '@/components/ui/tabs.tsx'
import { useWorkspace } from '../use-workspace.ts'

export function SettingsFrame({ children }: { readonly children: ReactNode }) {
  const t = useTranslations('settings')
  const { workspace, ownsInstallation } = useWorkspace()
  const last = usePathname().split('/').at(-1)
  const base = `/w/${workspace}/settings`
  const current = last === 'tokens' || last === 'installation' ? last : 'general'
  const items = [
    { href: base, label: t('tabs.general'), current: current === 'general' },
    { href: `${base}/tokens`, label: t('tabs.tokens'), current: current === 'tokens' },
    ...(ownsInstallation
      ? [{ href: `${base}/installation`, label: t('tabs.installation'), current: current === 'installation' }]
      : []),
  ]
  useShellActions(
    items.map(({ href, label }) => ({ id: href, group: 'page', label: `${t('title')}: ${label}`, href })),
  )
  return (
    <PageBody layout="detail">
      <PageHeader
        title={t('title')}
        documentTitle={current === 'general' ? t('title') : t(`tabs.${current}`)}
      />
      <LinkTabs label={t('title')} items={items} />
      {children}
    </PageBody>
  )
}
