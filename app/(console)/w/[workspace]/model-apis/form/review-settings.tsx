'use client'

import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { gatewayQueries } from '@/lib/client/gateways-queries.ts'
import type { ModelApiSetting } from '@/lib/client/model-api-form-output.ts'
import type { ModelApiFormValues } from '@/lib/client/model-api-form-values.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import { useGatewayName } from '../../gateway-name.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { protocolName } from '../protocol-name.ts'
import { useSettingLabels, useSettingValue } from './review-changes.tsx'

interface ReviewSettingsProps {
  readonly values: ModelApiFormValues
  /** The same as the API will store it. */
  readonly settings: Pick<ModelApi, ModelApiSetting>
}

/** All that a new API will be. */
export function ReviewSettings({ values, settings }: ReviewSettingsProps) {
  const t = useTranslations('model-apis')
  const { workspace } = useWorkspace()
  const gatewayName = useGatewayName()
  const gateways = useQuery(gatewayQueries.list(workspace)).data?.items ?? []
  const gateway = gateways.find(({ id }) => id === values.gatewayId)
  const labels = useSettingLabels()
  const value = useSettingValue()
  const setting = (name: ModelApiSetting) => (
    <Row key={name} label={labels[name]}>
      {value(name, settings)}
    </Row>
  )
  const { name, ...rest } = labels
  return (
    <table
      aria-label={t('settings.title')}
      className="w-full border-collapse border-t border-line text-left text-control"
    >
      <tbody>
        <Row label={name}>{value('name', settings)}</Row>
        <Row label={t('columns.useCase')}>
          {t(`useCases.${values.useCase}`)} · {protocolName(values.protocol)}
        </Row>
        <Row label={t('columns.gateway')}>{gateway ? gatewayName(gateway) : values.gatewayId}</Row>
        {(Object.keys(rest) as Array<keyof typeof rest>).map(setting)}
      </tbody>
    </table>
  )
}

function Row({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <tr className="border-b border-line align-top max-md:block max-md:py-2">
      <th scope="row" className="w-[28%] py-2 pr-4 font-medium max-md:block max-md:w-auto max-md:py-0">
        {label}
      </th>
      <td className="py-2 text-ink [overflow-wrap:anywhere] max-md:block max-md:py-0">{children}</td>
    </tr>
  )
}
