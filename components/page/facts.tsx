import { clsx } from 'clsx'
import type { ReactNode } from 'react'

export type Fact = { readonly label: ReactNode; readonly value: ReactNode }

const columns: Record<number, string> = {
  2: 'md:grid-cols-2',
  3: 'md:grid-cols-3',
  4: 'md:grid-cols-2 xl:grid-cols-4 lg:grid-cols-4',
  5: 'md:grid-cols-2 lg:grid-cols-5',
}

/** Two to five facts in one ruled strip. */
export function FactsStrip({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl
      className={`grid grid-cols-1 gap-y-3 border-b border-line py-3 md:gap-y-0 md:pt-5 md:pb-0 ${columns[facts.length] ?? 'md:grid-cols-4'}`}
    >
      {facts.map((fact, index) => (
        <div
          // The facts of a strip are fixed in number and order.
          key={String(index)}
          className="min-w-0 border-line md:border-r md:px-4 md:pt-3 md:pb-3 md:first:pl-0 md:last:border-r-0"
        >
          <dt className="text-meta text-ink-3">{fact.label}</dt>
          <dd className="mt-0.5 min-w-0 text-body [overflow-wrap:anywhere]">{fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Label–value rows between hairlines, with actions at the right. */
export function FactRows({ children }: { readonly children: ReactNode }) {
  return <dl className="divide-y divide-line border-b border-line">{children}</dl>
}

type FactRowProps = {
  readonly label: ReactNode
  /** For labels that are longer than a few words. */
  readonly wide?: boolean
  readonly actions?: ReactNode
  readonly children: ReactNode
}

export function FactRow({ label, wide = false, actions, children }: FactRowProps) {
  return (
    <div className="flex min-h-[47px] flex-wrap items-center gap-x-3 py-2 md:flex-nowrap">
      <dt className={clsx('w-full shrink-0 text-control text-ink-3', wide ? 'md:w-[232px]' : 'md:w-[120px]')}>
        {label}
      </dt>
      <dd className="min-w-0 flex-1 text-control">{children}</dd>
      {actions ? <dd className="no-print ml-auto flex items-center gap-1">{actions}</dd> : null}
    </div>
  )
}
