'use client'

import { useState } from 'react'
import { useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { StatusText } from '@/components/feedback/status-text.tsx'
import { RowsField } from '@/components/form/rows-field.tsx'
import { SwitchField } from '@/components/form/switch-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import type { ModelApiFormValues } from '@/lib/client/model-api-form-values.ts'
import { ruleFor } from '@/lib/client/model-rules.ts'
import { emptyTarget } from '@/lib/client/model-target-values.ts'
import { coveredBy } from '@/lib/domain/model-pattern.ts'
import { ModelTester } from './model-tester.tsx'
import { TargetFields } from './target-fields.tsx'

/** Rules in their order, the rest of the models last, and a box that tells which one takes a model. */
export function RulesFields() {
  const t = useTranslations('model-apis.form')
  const [rules, routesOthers] = useWatch<ModelApiFormValues, readonly ['rules', 'routesOthers']>({
    name: ['rules', 'routesOthers'],
  })
  const [tried, setTried] = useState('')
  const patterns = rules.map(({ pattern }) => pattern.trim())
  const covered = coveredBy(patterns)
  const taken = tried === '' ? null : ruleFor(patterns, tried)
  return (
    <>
      <RowsField
        name="rules"
        label={t('rules')}
        help={t('rulesHelp')}
        addLabel={t('ruleAdd')}
        rowLabel={(index) => t('rule', { number: index + 1 })}
        emptyRow={() => ({ pattern: '', target: emptyTarget() })}
        rowsMin={1}
        rowsMax={100}
        ordered
        litRow={taken}
      >
        {({ index, path }) => (
          <div className="flex flex-col gap-2 pl-2">
            <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
              <TextField<ModelApiFormValues>
                name={`${path}.pattern` as 'name'}
                label={t('pattern')}
                placeholder="qwen-*"
                className="min-w-0 flex-1 basis-[150px]"
                mono
              />
              <TargetFields path={`${path}.target`} />
            </div>
            <NeverReached
              above={patterns[index] === '' ? null : (covered[index] ?? null)}
              patterns={patterns}
            />
          </div>
        )}
      </RowsField>
      <div
        className={
          tried !== '' && taken === null && routesOthers
            ? 'bg-accent-tint py-2 pl-2 shadow-[inset_2px_0_0_var(--accent)]'
            : 'py-2 pl-2'
        }
      >
        <SwitchField<ModelApiFormValues>
          name="routesOthers"
          label={t('others')}
          help={routesOthers ? undefined : t('othersOff')}
        />
        {routesOthers ? (
          <div className="mt-3 **:data-field:max-w-none">
            <TargetFields path="others" of={t('othersOf')} />
          </div>
        ) : null}
      </div>
      <ModelTester tried={tried} onTry={setTried} taken={taken} />
    </>
  )
}

interface NeverReachedProps {
  readonly above: number | null
  readonly patterns: readonly string[]
}

function NeverReached({ above, patterns }: NeverReachedProps) {
  const t = useTranslations('model-apis.form')
  if (above === null) return null
  return (
    <StatusText tone="warn" className="text-meta">
      {t('neverReached', { number: above + 1, pattern: patterns[above] ?? '' })}
    </StatusText>
  )
}
