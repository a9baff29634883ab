'use client'

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'

export type FieldChange = {
  readonly id: string
  readonly label: ReactNode
  /** Undefined: there was nothing. Secrets are written "replaced", never shown. */
  readonly from?: ReactNode
  readonly to?: ReactNode
  readonly secret?: boolean
}

type DiffViewProps = {
  readonly label: string
  readonly changes: readonly FieldChange[]
  /** "41 k requests a day use this service." */
  readonly impact?: ReactNode
  /** Over the two columns. Default: "Now" and "New", for a change that is still to be made. */
  readonly headings?: { readonly from: string; readonly to: string } | undefined
}

/** What saving will change: only changed fields, old then new. */
export function DiffView({ label, changes, impact, headings }: DiffViewProps) {
  const t = useTranslations('kit')
  if (changes.length === 0) return <p className="text-control text-ink-2">{t('diff.nothing')}</p>
  return (
    <div>
      <table aria-label={label} className="w-full border-collapse text-left text-control">
        <thead className="max-md:sr-only">
          <tr className="border-b border-line-strong text-meta text-ink-3">
            <th className="w-[28%] py-1.5 pr-4 font-medium">{t('diff.field')}</th>
            <th className="w-[36%] py-1.5 pr-4 font-medium">{headings?.from ?? t('diff.from')}</th>
            <th className="py-1.5 font-medium">{headings?.to ?? t('diff.to')}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => (
            <tr key={change.id} className="border-b border-line align-top max-md:block max-md:py-2">
              <th scope="row" className="py-2 pr-4 font-medium max-md:block max-md:py-0">
                {change.label}
              </th>
              <td className="py-2 pr-4 text-ink-3 [overflow-wrap:anywhere] max-md:block max-md:py-0">
                <del className="block no-underline">{change.secret ? '••••' : (change.from ?? '—')}</del>
              </td>
              <td className="py-2 text-ink [overflow-wrap:anywhere] max-md:block max-md:py-0">
                <ins className="-mx-1 inline-block bg-accent-tint px-1 align-top no-underline">
                  {change.secret ? t('diff.replaced') : (change.to ?? '—')}
                </ins>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {impact ? <p className="mt-3 text-control text-ink-2">{impact}</p> : null}
    </div>
  )
}
