'use client'

import { usePathname } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { PageHeader } from '@/components/page/page-header.tsx'
import { useCrumbs, useShellActions } from '@/components/shell/shell-context.tsx'
import { LinkTabs } from '@/components/ui/tabs.tsx'
import { Tag } from '@/components/ui/tag.tsx'
import { useGatewayName } from '../../gateway-name.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { GatewayStatus } from '../gateway-status.tsx'
import { GatewayActions } from './gateway-actions.tsx'
import { useGateway } from './gateway-context.ts'

const tabs = ['overview', 'access', 'domains', 'services', 'nodes', 'revisions', 'settings'] as const

export function GatewayHeader() {
  const t = useTranslations('gateways')
  const { workspace } = useWorkspace()
  const gateway = useGateway()
  const name = useGatewayName()(gateway)
  const pathname = usePathname()
  const last = pathname.split('/').at(-1)
  const base = `/w/${workspace}/gateways/${gateway.id}`
  const current = tabs.find((tab) => tab === last) ?? 'overview'
  const items = tabs.map((tab) => ({
    href: tab === 'overview' ? base : `${base}/${tab}`,
    label: t(`tabs.${tab}`),
    current: tab === current,
    ...(tab === 'services' || tab === 'domains' ? { count: gateway[tab] } : {}),
  }))
  useCrumbs([{ label: name }])
  useShellActions(
    items
      .filter((item) => !item.current)
      .map(({ href, label }) => ({ id: href, group: 'page', label: `${name}: ${label}`, href })),
  )
  return (
    <>
      <PageHeader
        title={name}
        translated={gateway.type === 'shared'}
        aside={
          <>
            <Tag>{t(`types.${gateway.type}`)}</Tag>
            {gateway.isDefault ? <Tag>{t('default')}</Tag> : null}
          </>
        }
        status={<GatewayStatus status={gateway.status} full />}
        actions={<GatewayActions gateway={gateway} />}
        documentTitle={current === 'overview' ? name : `${t(`tabs.${current}`)} · ${name}`}
      />
      <LinkTabs label={name} items={items} />
    </>
  )
}
