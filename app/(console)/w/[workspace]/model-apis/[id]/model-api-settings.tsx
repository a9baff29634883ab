'use client'

import { useTranslations } from 'use-intl'
import { FactRow, FactRows } from '@/components/page/facts.tsx'
import { MonoValue } from '@/components/ui/mono-value.tsx'
import { TextLink } from '@/components/ui/text-link.tsx'
import { Time } from '@/components/ui/time.tsx'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import { useGatewayName } from '../../gateway-name.ts'
import { objectHref } from '../../object-href.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { protocolName } from '../protocol-name.ts'
import { useMonitoringText } from '../use-monitoring-text.ts'

/** What was written in the form, as facts. */
export function ModelApiSettings({ api }: { readonly api: ModelApi }) {
  const t = useTranslations('model-apis')
  const { workspace } = useWorkspace()
  const gatewayName = useGatewayName()
  const monitoringText = useMonitoringText()
  const { gateway, firstPacketTimeoutMs } = api
  return (
    <FactRows>
      <FactRow label={t('columns.useCase')}>
        {t(`useCases.${api.useCase}`)} · {protocolName(api.protocol)}
      </FactRow>
      <FactRow label={t('columns.gateway')}>
        <TextLink plain href={objectHref(workspace, { kind: 'gateway', id: gateway.id }) ?? ''}>
          {gatewayName(gateway)}
        </TextLink>
      </FactRow>
      <FactRow label={t('form.basePath')}>
        <span className="font-mono text-code">{api.basePath}</span>
        {api.removeBasePath ? ` · ${t('settings.stripped')}` : null}
      </FactRow>
      {api.routing.mode === 'metrics' ? (
        <FactRow label={t('form.objective')}>
          {t('settings.metrics', {
            objective: t(`objectives.${api.routing.objective}`),
            share: Math.round(api.routing.maxShare * 10_000) / 100,
            window: api.routing.window,
          })}
        </FactRow>
      ) : null}
      <FactRow label={t('form.firstPacket')}>
        {firstPacketTimeoutMs === 0 ? t('off') : t('milliseconds', { value: firstPacketTimeoutMs })}
      </FactRow>
      <FactRow label={t('form.monitoring')}>{monitoringText(api.monitoring)}</FactRow>
      <FactRow label={t('form.resourceGroup')}>{api.resourceGroup}</FactRow>
      <FactRow label={t('settings.id')}>
        <MonoValue value={api.id} name={t('settings.id')} />
      </FactRow>
      <FactRow label={t('settings.created')}>
        <Time value={api.createdAt} />
      </FactRow>
      <FactRow label={t('columns.updated')}>
        <Time value={api.updatedAt} />
      </FactRow>
    </FactRows>
  )
}
