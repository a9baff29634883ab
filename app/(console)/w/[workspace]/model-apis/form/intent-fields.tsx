'use client'

import { useFormState } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { listFieldErrors } from '@/components/form/field-errors.ts'
import { FieldFrame } from '@/components/form/field-frame.tsx'
import { useFieldId } from '@/components/form/form-identity.ts'
import { useSentences } from '@/components/form/issue-text.ts'
import { localIntents } from '@/lib/domain/model-routing.ts'
import { TargetFields } from './target-fields.tsx'

/** Each intent with its service, and the service of everything else. */
export function IntentFields() {
  const t = useTranslations('model-apis.form')
  const intents = useTranslations('model-apis.intents')
  const id = useFieldId('intents')
  const sentence = useSentences()
  const { errors } = useFormState()
  const complaint = listFieldErrors(errors).find(({ path }) => path === 'intents')
  const rowStyle =
    'flex flex-wrap items-start gap-x-4 gap-y-2 border-b border-line py-2 **:data-field:max-w-none'
  const nameStyle = 'w-[140px] shrink-0 text-control text-ink md:mt-[31px]'
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
            <span className={nameStyle}>{intents(intent)}</span>
            <TargetFields path={`intents.${intent}`} of={intents(intent)} />
          </li>
        ))}
        <li className={rowStyle}>
          <span className={`${nameStyle} font-medium`}>{t('intentOthers')}</span>
          <TargetFields path="intentDefault" of={t('intentOthers')} />
        </li>
      </ul>
    </FieldFrame>
  )
}
