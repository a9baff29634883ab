'use client'

import { useQuery } from '@tanstack/react-query'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { PageBody } from '@/components/page/page-body.tsx'
import { PageHeader } from '@/components/page/page-header.tsx'
import { useShellActions } from '@/components/shell/shell-context.tsx'
import { LinkTabs } from '@/components/ui/tabs.tsx'
import { networkQueries } from '@/lib/client/networks-queries.ts'
import { useWorkspace } from '../use-workspace.ts'

export function NetworksFrame({ children }: { readonly children: ReactNode }) {
  const t = useTranslations('networks')
  const { workspace } = useWorkspace()
  const last = usePathname().split('/').at(-1)
  const base = `/w/${workspace}/networks`
  const { data: vpcs } = useQuery(networkQueries.vpcs(workspace))
  const { data: vswitches } = useQuery(networkQueries.vswitches(workspace))
  const { data: groups } = useQuery(networkQueries.securityGroups(workspace))
  const tabs = [
    { id: 'vpcs', href: base, count: vpcs?.length },
    { id: 'vswitches', href: `${base}/vswitches`, count: vswitches?.length },
    { id: 'security-groups', href: `${base}/security-groups`, count: groups?.length },
  ] as const
  const current = tabs.find(({ id }) => id === last)?.id ?? 'vpcs'
  useShellActions(
    tabs.map(({ id, href }) => ({
      id: href,
      group: 'page',
      label: `${t('title')}: ${t(`tabs.${id}`)}`,
      href,
    })),
  )
  return (
    <PageBody layout="list">
      <PageHeader title={t('title')} documentTitle={current === 'vpcs' ? t('title') : t(`tabs.${current}`)} />
      <LinkTabs
        label={t('title')}
        items={tabs.map(({ id, href, count }) => ({
          href,
          label: t(`tabs.${id}`),
          current: id === current,
          ...(count === undefined ? {} : { count }),
        }))}
      />
      {children}
    </PageBody>
  )
}
