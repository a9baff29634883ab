'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Callout } from '@/components/feedback/callout.tsx'
import { FactRow, FactRows } from '@/components/page/facts.tsx'
import { Section } from '@/components/page/section.tsx'
import { MonoValue } from '@/components/ui/mono-value.tsx'
import { gatewayQueries } from '@/lib/client/gateways-queries.ts'
import { sharedGatewayId } from '@/lib/domain/gateway.ts'
import type { Workspace } from '@/lib/domain/workspace.ts'
import { useWorkspace } from '../use-workspace.ts'

/** The settings for those who may only read them. */
export function GeneralFacts({ workspace }: { readonly workspace: Workspace }) {
  const t = useTranslations('settings.general')
  const roleName = useTranslations('members.roles')
  const shared = useTranslations('gateways.names')('shared')
  const { role } = useWorkspace()
  const { data: gateways } = useQuery(gatewayQueries.list(workspace.name))
  const gateway = gateways?.items.find(({ isDefault }) => isDefault)
  return (
    <Section title={t('title')} note={t('note')}>
      <Callout tone="info">{t('readOnly', { role: roleName(role) })}</Callout>
      <FactRows>
        <FactRow label={t('name')}>
          <MonoValue value={workspace.name} name={t('name')} />
        </FactRow>
        <FactRow label={t('displayName')}>{workspace.displayName || '—'}</FactRow>
        <FactRow label={t('description')}>{workspace.description || '—'}</FactRow>
        <FactRow label={t('defaultGateway')}>
          {gateway?.id === sharedGatewayId ? shared : (gateway?.name ?? '—')}
        </FactRow>
        <FactRow label={t('timeZone')}>{workspace.timeZone}</FactRow>
      </FactRows>
    </Section>
  )
}
