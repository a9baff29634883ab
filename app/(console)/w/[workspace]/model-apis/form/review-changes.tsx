'use client'

import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { DiffView, type FieldChange } from '@/components/feedback/diff-view.tsx'
import { domainQueries } from '@/lib/client/domains-queries.ts'
import { changedSettings, type ModelApiSetting } from '@/lib/client/model-api-form-output.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { TargetList } from '../target-list.tsx'
import { useEveryService } from '../use-every-service.ts'
import { useMonitoringText } from '../use-monitoring-text.ts'
import { useRoutingRows } from '../use-routing-rows.tsx'

type Settings = Pick<ModelApi, ModelApiSetting>

interface ReviewChangesProps {
  readonly base: Settings
  readonly wanted: Settings
}

/** Old to new, changed settings only. */
export function ReviewChanges({ base, wanted }: ReviewChangesProps) {
  const t = useTranslations('model-apis.review')
  const changesOf = useSettingChanges()
  return <DiffView label={t('changes')} changes={changesOf(base, wanted)} />
}

/** What differs between two states of an API, in words. */
export function useSettingChanges(): (before: Settings, after: Settings) => FieldChange[] {
  const value = useSettingValue()
  const labels = useSettingLabels()
  return (before, after) =>
    changedSettings(before, after).map((name) => ({
      id: name,
      label: labels[name],
      from: value(name, before),
      to: value(name, after),
    }))
}

export function useSettingLabels(): Readonly<Record<ModelApiSetting, string>> {
  const t = useTranslations('model-apis.form')
  return {
    name: t('name'),
    disabledRoutes: t('routesOff'),
    domainIds: t('domains'),
    basePath: t('basePath'),
    removeBasePath: t('strip'),
    routing: t('routing'),
    fallback: t('fallback'),
    firstPacketTimeoutMs: t('firstPacket'),
    resourceGroup: t('resourceGroup'),
    monitoring: t('monitoring'),
    enabled: t('enabled'),
  }
}

export function useSettingValue(): (name: ModelApiSetting, settings: Settings) => ReactNode {
  const t = useTranslations('model-apis')
  const { workspace } = useWorkspace()
  const domains = useQuery(domainQueries.list(workspace)).data ?? []
  const services = useEveryService()
  const rowsOf = useRoutingRows()
  const monitoringText = useMonitoringText()
  return (name, settings) => {
    switch (name) {
      case 'name':
        return (
          <span className="font-mono" translate="no">
            {settings.name}
          </span>
        )
      case 'disabledRoutes':
        return settings.disabledRoutes.length === 0 ? t('none') : settings.disabledRoutes.join(', ')
      case 'resourceGroup':
        return settings.resourceGroup
      case 'monitoring':
        return monitoringText(settings.monitoring)
      case 'enabled':
        return t(settings.enabled ? 'on' : 'off')
      case 'domainIds':
        return settings.domainIds.length === 0
          ? t('ownNames')
          : settings.domainIds.map((id) => domains.find((domain) => domain.id === id)?.name ?? id).join(', ')
      case 'basePath':
        return <span className="font-mono">{settings.basePath}</span>
      case 'removeBasePath':
        return t(settings.removeBasePath ? 'on' : 'off')
      case 'routing':
        return (
          <>
            <span className="block">{t(`modes.${settings.routing.mode}`)}</span>
            <TargetList rows={rowsOf(settings.routing)} services={services} />
          </>
        )
      case 'fallback':
        return settings.fallback.enabled ? (
          <>
            {settings.fallback.upstreamErrorsOnly ? (
              <span className="block">{t('form.upstreamErrorsOnly')}</span>
            ) : null}
            <TargetList
              rows={settings.fallback.targets.map((target, index) => ({ when: String(index + 1), target }))}
              services={services}
            />
          </>
        ) : (
          t('off')
        )
      case 'firstPacketTimeoutMs':
        return settings.firstPacketTimeoutMs === 0
          ? t('off')
          : t('milliseconds', { value: settings.firstPacketTimeoutMs })
    }
  }
}
