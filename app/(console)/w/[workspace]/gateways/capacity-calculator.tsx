'use client'

import { Calculator } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button.tsx'
import { Checkbox } from '@/components/ui/checkbox.tsx'
import { NumberInput } from '@/components/ui/number-input.tsx'
import { Popover } from '@/components/ui/popover.tsx'
import {
  type CapacityPlan,
  connectionSeconds,
  type ExpectedLoad,
  planCapacity,
} from '@/lib/client/gateway-capacity-plan.ts'
import { useSizeText } from './gateway-size.tsx'

const atFirst: ExpectedLoad = { requestsPerSecond: 1000, bodyKb: 16, connections: 2000, https: true }

interface CapacityCalculatorProps {
  readonly onTake: (plan: CapacityPlan) => void
}

/** From an expected load to a specification and nodes. */
export function CapacityCalculator({ onTake }: CapacityCalculatorProps) {
  const t = useTranslations('gateway-create.calculator')
  const [open, setOpen] = useState(false)
  const [load, setLoad] = useState(atFirst)
  const https = useId()
  const plan = planCapacity(load)
  const change = (part: Partial<ExpectedLoad>) => setLoad((before) => ({ ...before, ...part }))
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      title={t('title')}
      trigger={
        <Button size="sm" icon={Calculator} className="mt-1">
          {t('open')}
        </Button>
      }
    >
      <div className="mt-2 flex w-[340px] max-w-full flex-col gap-2.5">
        <AmountRow
          label={t('requests')}
          value={load.requestsPerSecond}
          onValueChange={(requestsPerSecond) => change({ requestsPerSecond })}
        />
        <AmountRow label={t('body')} value={load.bodyKb} onValueChange={(bodyKb) => change({ bodyKb })} />
        <AmountRow
          label={t('connections')}
          value={load.connections}
          onValueChange={(connections) => change({ connections })}
        />
        <label htmlFor={https} className="flex items-center gap-2 text-control">
          <Checkbox
            id={https}
            checked={load.https}
            onCheckedChange={(checked) => change({ https: checked })}
          />
          {t('https', { seconds: connectionSeconds })}
        </label>
        <Recommendation
          plan={plan}
          onTake={(taken) => {
            onTake(taken)
            setOpen(false)
          }}
        />
      </div>
    </Popover>
  )
}

interface AmountRowProps {
  readonly label: string
  readonly value: number
  readonly onValueChange: (value: number) => void
}

function AmountRow({ label, value, onValueChange }: AmountRowProps) {
  const id = useId()
  return (
    <div className="flex items-center justify-between gap-3">
      <label htmlFor={id} className="text-control">
        {label}
      </label>
      <NumberInput
        id={id}
        value={value}
        min={0}
        step={100}
        onValueChange={(next) => onValueChange(Math.max(0, next ?? 0))}
      />
    </div>
  )
}

interface RecommendationProps {
  readonly plan: CapacityPlan | null
  readonly onTake: (plan: CapacityPlan) => void
}

function Recommendation({ plan, onTake }: RecommendationProps) {
  const t = useTranslations('gateway-create.calculator')
  const sizeText = useSizeText()
  return (
    <div role="status" className="border-t border-line pt-2.5 text-control">
      {plan === null ? (
        <p className="text-ink-2">{t('tooMuch')}</p>
      ) : (
        <div className="flex flex-wrap items-center justify-between gap-2">
          <div>
            <p className="font-medium text-ink">{sizeText(plan.spec, plan.nodes)}</p>
            <p className="text-meta text-ink-3">{t(`reasons.${plan.reason}`)}</p>
          </div>
          <Button size="sm" onClick={() => onTake(plan)}>
            {t('take')}
          </Button>
        </div>
      )}
    </div>
  )
}
