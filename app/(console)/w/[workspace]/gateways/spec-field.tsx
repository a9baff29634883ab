'use client'

import { Radio } from '@base-ui/react/radio'
import { RadioGroup } from '@base-ui/react/radio-group'
import { clsx } from 'clsx'
import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/ui/use-format.ts'
import { type GatewaySpec, gatewaySpecs, nodeCapacity } from '@/lib/domain/gateway-capacity.ts'

interface SpecFieldProps {
  readonly label: string
  readonly value: GatewaySpec
  readonly onValueChange: (spec: GatewaySpec) => void
  /** As wide as what holds it. */
  readonly wide?: boolean
}

const numberCell = 'tnum py-2 pr-4 text-right'

/** The sizes of a node, one row each with what it carries. */
export function SpecField({ label, value, onValueChange, wide = false }: SpecFieldProps) {
  const t = useTranslations('gateway-create.spec')
  const id = useId()
  return (
    <div className={wide ? undefined : 'max-w-[560px]'}>
      <div id={id} className="mb-[5px] text-control font-medium text-ink">
        {label}
      </div>
      <RadioGroup
        aria-labelledby={id}
        value={value}
        onValueChange={(next: GatewaySpec | null) => {
          if (next !== null) onValueChange(next)
        }}
        render={<div className="overflow-x-auto" />}
      >
        <table className="w-full border-collapse text-left text-control">
          <thead>
            <tr className="border-b border-line-strong text-meta text-ink-3">
              <th scope="col" className="py-1.5 pr-4 pl-2 font-medium">
                {t('node')}
              </th>
              <th scope="col" className={clsx(numberCell, 'py-1.5! font-medium')}>
                CPU
              </th>
              <th scope="col" className={clsx(numberCell, 'py-1.5! font-medium')}>
                {t('memory')}
              </th>
              <th scope="col" className={clsx(numberCell, 'py-1.5! font-medium')}>
                {t('requests')}
              </th>
              <th scope="col" className={clsx(numberCell, 'py-1.5! pr-2! font-medium')}>
                {t('connections')}
              </th>
            </tr>
          </thead>
          <tbody>
            {gatewaySpecs.map((spec) => (
              <SpecRow key={spec} id={`${id}-${spec}`} spec={spec} />
            ))}
          </tbody>
        </table>
      </RadioGroup>
      <p className="mt-[5px] text-meta text-ink-3">{t('note')}</p>
    </div>
  )
}

function SpecRow({ id, spec }: { readonly id: string; readonly spec: GatewaySpec }) {
  const t = useTranslations('gateway-create.spec')
  const format = useFormat()
  const { cpus, memoryGb, requestsPerSecond, connections } = nodeCapacity[spec]
  return (
    <tr className="border-b border-line hover:bg-hover has-data-checked:bg-accent-tint">
      <td className="py-2 pr-4 pl-2">
        <label htmlFor={id} className="flex cursor-pointer items-center gap-2.5 font-mono">
          <Radio.Root
            id={id}
            value={spec}
            aria-labelledby={`${id}-name`}
            className="grid size-4 shrink-0 place-items-center rounded-full border border-line-control bg-surface data-checked:border-[5px] data-checked:border-accent"
          />
          <span id={`${id}-name`}>{spec}</span>
        </label>
      </td>
      <td className={numberCell}>{t('cores', { count: cpus })}</td>
      <td className={numberCell}>{memoryGb} GB</td>
      <td className={numberCell}>{format.number(requestsPerSecond)}</td>
      <td className={clsx(numberCell, 'pr-2!')}>{format.number(connections.safe)}</td>
    </tr>
  )
}
