'use client'

import { useFormState, useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { listFieldErrors } from '@/components/form/field-errors.ts'
import { FieldFrame } from '@/components/form/field-frame.tsx'
import { useFieldId } from '@/components/form/form-identity.ts'
import { useSentences } from '@/components/form/issue-text.ts'
import { RadioCardsField } from '@/components/form/radio-cards-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import type { ModelApiFormValues } from '@/lib/client/model-api-form-values.ts'
import { localIntents } from '@/lib/domain/model-routing.ts'
import { ClassifierFields } from './classifier-fields.tsx'
import { OwnIntentsField } from './own-intents-field.tsx'
import { RouteTester } from './route-tester.tsx'
import { TargetFields } from './target-fields.tsx'

const rowStyle =
  'flex flex-wrap items-start gap-x-4 gap-y-2 border-b border-line py-2 **:data-field:max-w-none'

/** Who tells the intents apart, each intent with its service, and the service of everything else. */
export function IntentFields() {
  const t = useTranslations('model-apis.form')
  const classifiers = useTranslations('model-apis.classifiers')
  const texts = useTranslations('model-apis.classifierTexts')
  const classifier = useWatch<ModelApiFormValues, 'intent.classifier'>({ name: 'intent.classifier' })
  return (
    <>
      <RadioCardsField<ModelApiFormValues>
        name="intent.classifier"
        label={t('classifier')}
        items={(['local', 'model'] as const).map((value) => ({
          value,
          title: classifiers(value),
          description: texts(value),
        }))}
      />
      {classifier === 'model' ? (
        <>
          <ClassifierFields />
          <OwnIntentsField />
        </>
      ) : (
        <LocalIntents />
      )}
      <div className={`${rowStyle} border-b-0`}>
        <span className="w-[160px] shrink-0 text-control font-medium text-ink md:mt-[31px]">
          {t('intentOthers')}
        </span>
        <TargetFields path="intent.others" of={t('intentOthers')} />
      </div>
      <RouteTester />
    </>
  )
}

function LocalIntents() {
  const t = useTranslations('model-apis.form')
  const intents = useTranslations('model-apis.intents')
  const id = useFieldId('intent.local')
  const sentence = useSentences()
  const { errors } = useFormState()
  const complaint = listFieldErrors(errors).find(({ path }) => path === 'intent.local')
  return (
    <FieldFrame
      id={id}
      label={t('intentServices')}
      help={t('intentHelp')}
      error={complaint ? sentence(complaint.message) : undefined}
      as="group"
      className="max-w-none"
    >
      <ul aria-labelledby={`${id}-label`} className="border-t border-line">
        {localIntents.map((intent) => (
          <li key={intent} className={rowStyle}>
            <TextField<ModelApiFormValues>
              name={`intent.local.${intent}.title`}
              label={t('of', { label: t('intentTitle'), of: intents(intent) })}
              placeholder={intents(intent)}
              className="w-[160px] shrink-0"
            />
            <TargetFields path={`intent.local.${intent}.target`} of={intents(intent)} />
          </li>
        ))}
      </ul>
    </FieldFrame>
  )
}
