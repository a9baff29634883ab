'use client'

import { useTranslations } from 'use-intl'
import { NumberField } from '@/components/form/number-field.tsx'
import { RadioCardsField } from '@/components/form/radio-cards-field.tsx'
import { RowsField } from '@/components/form/rows-field.tsx'
import type { ModelApiFormValues } from '@/lib/client/model-api-form-values.ts'
import { emptyTarget } from '@/lib/client/model-target-values.ts'
import { metricsObjectives } from '@/lib/domain/model-routing.ts'
import { RouteTester } from './route-tester.tsx'
import { TargetFields } from './target-fields.tsx'

/** Services among which the gateway picks by what it has measured, and what it goes by. */
export function MetricsFields() {
  const t = useTranslations('model-apis.form')
  const objectives = useTranslations('model-apis.objectives')
  return (
    <>
      <RowsField
        name="metrics.targets"
        label={t('candidates')}
        addLabel={t('serviceAdd')}
        rowLabel={(index) => t('serviceRow', { number: index + 1 })}
        emptyRow={() => ({ ...emptyTarget() })}
        rowsMin={2}
        rowsMax={50}
      >
        {({ path }) => <TargetFields path={path} />}
      </RowsField>
      <RadioCardsField<ModelApiFormValues>
        name="metrics.objective"
        label={t('objective')}
        columns={3}
        items={metricsObjectives.map((value) => ({ value, title: objectives(value) }))}
      />
      <div className="flex flex-wrap items-start gap-x-6 gap-y-[18px]">
        <NumberField<ModelApiFormValues>
          name="metrics.largestShare"
          label={t('largestShare')}
          help={t('largestShareHelp')}
          min={1}
          max={100}
          unit="%"
        />
        <NumberField<ModelApiFormValues>
          name="metrics.window"
          label={t('window')}
          help={t('windowHelp')}
          min={10}
          max={1000}
        />
      </div>
      <RouteTester />
    </>
  )
}
