'use client'

import { useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { NumberField } from '@/components/form/number-field.tsx'
import { SelectField } from '@/components/form/select-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import { type LimitName, type LimitsValues, limitTimes } from '@/lib/client/limits-form.ts'
import { limitSubjects, limitUnits } from '@/lib/domain/model-limits.ts'

interface LimitRuleFieldsProps {
  readonly name: LimitName
  readonly index: number
}

/** How much, in what time, and for what. */
export function LimitRuleFields({ name, index }: LimitRuleFieldsProps) {
  const t = useTranslations('plugins.limits')
  const isQuota = name === 'quotas'
  const by = useWatch<LimitsValues, `rules.${number}.by`>({ name: `rules.${index}.by` })
  return (
    <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
      <NumberField<LimitsValues> name={`rules.${index}.amount`} label={t('amount')} min={1} />
      <SelectField<LimitsValues>
        name={`rules.${index}.unit`}
        label={t('unit')}
        className="min-w-0 flex-1 basis-[110px]"
        items={limitUnits.map((value) => ({ value, label: t(`unitNames.${value}`) }))}
      />
      <SelectField<LimitsValues>
        name={`rules.${index}.time`}
        label={t(isQuota ? 'period' : 'window')}
        className="min-w-0 flex-1 basis-[110px]"
        items={limitTimes[name].map((value) => ({ value, label: t(`times.${value}`) }))}
      />
      <SelectField<LimitsValues>
        name={`rules.${index}.by`}
        label={t('by')}
        className="min-w-0 flex-1 basis-[150px]"
        items={limitSubjects.map((value) => ({ value, label: t(`forEach.${value}`) }))}
      />
      {by === 'header' ? (
        <TextField<LimitsValues>
          name={`rules.${index}.header`}
          label={t('header')}
          placeholder="x-tenant"
          className="min-w-0 flex-1 basis-[120px]"
          mono
        />
      ) : null}
      {by === 'api' ? null : (
        <TextField<LimitsValues>
          name={`rules.${index}.match`}
          label={t('match')}
          placeholder="*"
          className="min-w-0 flex-1 basis-[110px]"
          optional
          mono
        />
      )}
    </div>
  )
}
