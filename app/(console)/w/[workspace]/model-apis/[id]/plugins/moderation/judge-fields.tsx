'use client'

import { useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { NumberField } from '@/components/form/number-field.tsx'
import { RowsField } from '@/components/form/rows-field.tsx'
import { SelectField } from '@/components/form/select-field.tsx'
import { SwitchField } from '@/components/form/switch-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import type { ModerationValues } from '@/lib/client/moderation-form.ts'
import { useServiceItemsOf } from '../../../form/use-service-items.ts'
import { useModelApi } from '../../model-api-context.ts'

const failures = ['block', 'pass'] as const

/** A service that judges what no rule blocks. */
export function JudgeFields() {
  const t = useTranslations('plugins.moderation')
  const { gateway } = useModelApi()
  const { items } = useServiceItemsOf(gateway.id)
  const on = useWatch<ModerationValues, 'judge.on'>({ name: 'judge.on' })
  return (
    <>
      <SwitchField<ModerationValues> name="judge.on" label={t('judge')} help={t('judgeHelp')} />
      {on ? (
        <div className="flex flex-col gap-[18px] border-l border-line pl-4">
          <div className="flex max-w-[720px] flex-wrap items-start gap-x-4 gap-y-[18px]">
            <SelectField<ModerationValues>
              name="judge.serviceId"
              label={t('judgeService')}
              placeholder={t('judgeChoose')}
              className="min-w-0 flex-1 basis-[220px]"
              items={items}
              searchable
            />
            <TextField<ModerationValues>
              name="judge.model"
              label={t('judgeModel')}
              placeholder={t('judgeModelOwn')}
              className="min-w-0 flex-1 basis-[180px]"
              optional
              mono
            />
          </div>
          <CategoryFields />
          <div className="flex max-w-[720px] flex-wrap items-start gap-x-4 gap-y-[18px]">
            <NumberField<ModerationValues>
              name="judge.timeoutMs"
              label={t('judgeTimeout')}
              min={50}
              max={30_000}
              unit="ms"
            />
            <SelectField<ModerationValues>
              name="judge.onFailure"
              label={t('judgeFailure')}
              className="min-w-0 flex-1 basis-[220px]"
              items={failures.map((value) => ({ value, label: t(`failures.${value}`) }))}
            />
          </div>
        </div>
      ) : null}
    </>
  )
}

function CategoryFields() {
  const t = useTranslations('plugins.moderation')
  const chooses = useWatch<ModerationValues, 'judge.chooses'>({ name: 'judge.chooses' })
  return (
    <>
      <SwitchField<ModerationValues>
        name="judge.chooses"
        label={t('judgeChooses')}
        help={chooses ? undefined : t('judgeFlagged')}
        look="checkbox"
      />
      {chooses ? (
        <RowsField
          name="judge.categories"
          label={t('judgeCategories')}
          help={t('judgeThresholdHelp')}
          addLabel={t('judgeCategoryAdd')}
          rowLabel={(index) => t('judgeCategoryRow', { number: index + 1 })}
          emptyRow={() => ({ name: '', threshold: null })}
          rowsMax={50}
        >
          {({ index }) => (
            <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
              <TextField<ModerationValues>
                name={`judge.categories.${index}.name`}
                label={t('judgeCategory')}
                placeholder="violence"
                className="min-w-0 flex-1 basis-[180px]"
                mono
              />
              <NumberField<ModerationValues>
                name={`judge.categories.${index}.threshold`}
                label={t('judgeThreshold')}
                min={0}
                max={1}
                step={0.05}
                optional
              />
            </div>
          )}
        </RowsField>
      ) : null}
    </>
  )
}
