'use client'

import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/ui/use-format.ts'
import { gatewayCapacity } from '@/lib/client/gateway-capacity-plan.ts'
import type { GatewaySpec } from '@/lib/domain/gateway-capacity.ts'
import { useSizeText } from '../gateway-size.tsx'

interface OrderSummaryProps {
  readonly values: {
    readonly name: string
    readonly spec: GatewaySpec
    readonly nodes: number | null
    readonly billing: 'pay-as-you-go' | 'subscription'
    readonly billingMonths: number | null
  }
}

/** What the choices come to, beside them. */
export function OrderSummary({ values }: OrderSummaryProps) {
  const t = useTranslations('gateway-create')
  const format = useFormat()
  const sizeText = useSizeText()
  const nodes = values.nodes ?? 0
  const { requestsPerSecond, connections, bandwidthGbits } = gatewayCapacity(values.spec, nodes)
  const billing =
    values.billing === 'subscription'
      ? t('summary.months', { months: values.billingMonths ?? 0 })
      : t('billing.pay-as-you-go')
  const lines = [
    { label: t('fields.name'), value: values.name || '—' },
    { label: t('fields.spec'), value: sizeText(values.spec, nodes) },
    {
      label: t('summary.requests'),
      value: t('summary.perSecond', { count: format.number(requestsPerSecond) }),
    },
    { label: t('summary.connections'), value: format.number(connections) },
    { label: t('summary.bandwidth'), value: t('summary.gbits', { count: bandwidthGbits }) },
    { label: t('fields.billing'), value: billing },
  ]
  return (
    <aside aria-labelledby="order-summary" className="py-6">
      <div className="rounded-box border border-line p-4 min-[1320px]:sticky min-[1320px]:top-6">
        <h2 id="order-summary" className="text-h2 text-ink">
          {t('summary.title')}
        </h2>
        <dl className="mt-2 divide-y divide-line">
          {lines.map(({ label, value }) => (
            <div key={label} className="py-2">
              <dt className="text-meta text-ink-3">{label}</dt>
              <dd className="tnum text-control text-ink [overflow-wrap:anywhere]">{value}</dd>
            </div>
          ))}
        </dl>
        <p className="mt-2 text-meta text-ink-3">{t('summary.note')}</p>
      </div>
    </aside>
  )
}
