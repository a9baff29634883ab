'use client'

import { useId } from 'react'
import { useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { Input } from '@/components/ui/input.tsx'
import type { ModelApiFormValues } from '@/lib/client/model-api-form-values.ts'
import type { TargetValues } from '@/lib/client/model-target-values.ts'
import { useServiceItems } from './use-service-items.ts'

interface ModelTesterProps {
  readonly tried: string
  readonly onTry: (model: string) => void
  /** The rule that takes it; null: none. */
  readonly taken: number | null
}

/** Type a model: which rule takes it, and where it goes. */
export function ModelTester({ tried, onTry, taken }: ModelTesterProps) {
  const t = useTranslations('model-apis.form')
  const id = useId()
  return (
    <div className="max-w-[560px]">
      <label htmlFor={id} className="mb-[5px] block text-control font-medium text-ink">
        {t('tester')}
      </label>
      <Input
        id={id}
        mono
        value={tried}
        onChange={(event) => onTry(event.target.value)}
        aria-describedby={`${id}-outcome`}
        placeholder={t('testerPlaceholder')}
      />
      <p id={`${id}-outcome`} role="status" className="mt-[5px] text-meta text-ink-2">
        {tried === '' ? t('testerHelp') : <Outcome tried={tried} taken={taken} />}
      </p>
    </div>
  )
}

function Outcome({ tried, taken }: Pick<ModelTesterProps, 'tried' | 'taken'>) {
  const t = useTranslations('model-apis.form')
  const { services } = useServiceItems()
  const [rules, routesOthers, others] = useWatch<
    ModelApiFormValues,
    readonly ['rules', 'routesOthers', 'others']
  >({ name: ['rules', 'routesOthers', 'others'] })
  const rule = taken === null ? undefined : rules[taken]
  const destination = ({ serviceId, model }: TargetValues) => {
    const service = services.find(({ id }) => id === serviceId)?.name ?? t('noService')
    return { service, model: model.trim() === '' ? tried : model.trim() }
  }
  if (rule && taken !== null) {
    return t('taken', { number: taken + 1, pattern: rule.pattern.trim(), ...destination(rule.target) })
  }
  return routesOthers ? t('takenByOthers', destination(others)) : t('takenByNone', { model: tried })
}
