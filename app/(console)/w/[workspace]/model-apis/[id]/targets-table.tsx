'use client'

import { useTranslations } from 'use-intl'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'
import { ServiceLink } from '../service-link.tsx'
import type { RoutingRow } from '../use-routing-rows.tsx'

interface TargetsTableProps {
  readonly label: string
  /** The head of the first column: what makes a request go there. */
  readonly first: string
  readonly rows: readonly RoutingRow[]
  readonly services: readonly UpstreamService[]
}

/** What makes a request go where, with the health of each service. */
export function TargetsTable({ label, first, rows, services }: TargetsTableProps) {
  const t = useTranslations('model-apis.form')
  return (
    <table aria-label={label} className="w-full text-left text-control">
      <thead>
        <tr className="border-b border-line-strong text-meta text-ink-3">
          <th scope="col" className="w-[28%] py-1.5 pr-4 font-medium">
            {first}
          </th>
          <th scope="col" className="py-1.5 pr-4 font-medium">
            {t('service')}
          </th>
          <th scope="col" className="py-1.5 font-medium">
            {t('model')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ when, target }, index) => (
          <tr key={String(index)} className="border-b border-line align-baseline">
            <td className="tnum py-2 pr-4 [overflow-wrap:anywhere]">{when}</td>
            <td className="py-2 pr-4">
              <ServiceLink serviceId={target.serviceId} services={services} />
            </td>
            <td className="py-2 [overflow-wrap:anywhere]">
              {target.model === null ? (
                <span className="text-ink-3">{t('modelPassed')}</span>
              ) : (
                <span className="font-mono text-code">{target.model}</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
