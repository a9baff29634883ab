'use client'

import { clsx } from 'clsx'
import { useFormContext, useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { NumberField } from '@/components/form/number-field.tsx'
import { RowsField } from '@/components/form/rows-field.tsx'
import { useForgetComplaints } from '@/components/form/use-forget-complaints.ts'
import { Button } from '@/components/ui/button.tsx'
import type { ModelApiFormValues } from '@/lib/client/model-api-form-values.ts'
import { emptyTarget } from '@/lib/client/model-target-values.ts'
import { sumOfWeights, type WeightRepair, weightRepairs } from '@/lib/client/weight-repairs.ts'
import { shareColour, WeightBar } from '../weight-bar.tsx'
import { RouteTester } from './route-tester.tsx'
import { TargetFields } from './target-fields.tsx'
import { useServiceItems } from './use-service-items.ts'

/** What is said of the sum, not of a row. */
const sumComplaint = ['weights.root'] as const

/** Services with their shares, the sum, and what puts it right in one press. */
export function WeightsField() {
  const t = useTranslations('model-apis.form')
  return (
    <>
      <RowsField
        name="weights"
        label={t('shares')}
        addLabel={t('serviceAdd')}
        rowLabel={(index) => t('serviceRow', { number: index + 1 })}
        emptyRow={() => ({ ...emptyTarget(), weight: 0 })}
        rowsMin={1}
        rowsMax={50}
      >
        {({ index, path }) => (
          <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
            <span
              aria-hidden="true"
              className={clsx('mt-[38px] size-2.5 max-md:hidden', shareColour(index))}
            />
            <TargetFields path={path} />
            <NumberField<ModelApiFormValues>
              name={`${path}.weight` as 'firstPacketTimeoutMs'}
              label={t('weight')}
              min={0}
              max={100}
              unit="%"
            />
          </div>
        )}
      </RowsField>
      <Sum />
      <RouteTester />
    </>
  )
}

function Sum() {
  const t = useTranslations('model-apis.form')
  const { setValue } = useFormContext<ModelApiFormValues>()
  const { services } = useServiceItems()
  const rows = useWatch<ModelApiFormValues, 'weights'>({ name: 'weights' })
  const weights = rows.map(({ weight }) => weight)
  const sum = sumOfWeights(weights)
  useForgetComplaints(sum, sumComplaint)
  const nameOf = (index: number) =>
    services.find(({ id }) => id === rows[index]?.serviceId)?.name ?? t('serviceRow', { number: index + 1 })
  const label = (repair: WeightRepair) =>
    repair.kind === 'even'
      ? t('splitEvenly')
      : t(repair.kind, { amount: repair.amount, name: nameOf(repair.index) })
  const repairWith = (repair: WeightRepair) => {
    for (const [index, weight] of repair.weights.entries()) {
      setValue(`weights.${index}.weight`, weight, { shouldDirty: true, shouldValidate: true })
    }
  }
  return (
    <div className="flex flex-col gap-2">
      <WeightBar weights={weights.map((weight) => weight ?? 0)} className="max-w-[560px]" />
      <div className="flex min-h-7 flex-wrap items-center gap-x-3 gap-y-2">
        <span role="status" className="tnum text-control text-ink-2">
          {t('sum', { sum })}
        </span>
        {weightRepairs(weights).map((repair) => (
          <Button key={repair.kind} size="sm" onClick={() => repairWith(repair)}>
            {label(repair)}
          </Button>
        ))}
      </div>
    </div>
  )
}
