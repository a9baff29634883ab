'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { FailureText } from '@/components/feedback/failure-text.tsx'
import { useSentences } from '@/components/form/issue-text.ts'
import { Textarea } from '@/components/ui/input.tsx'
import { ConsoleApiError } from '@/lib/client/console-api-error.ts'
import type { ModerationValues, RuleValues } from '@/lib/client/moderation-form.ts'
import { moderationTrialQuery } from '@/lib/client/moderation-trial-queries.ts'
import { useWorkspace } from '../../../../use-workspace.ts'
import { useModelApi } from '../../model-api-context.ts'
import { TrialOutcome } from './trial-outcome.tsx'
import { useSettled } from './use-settled.ts'

/** Type a text: what the rules above would do to it, saved or not. */
export function ModerationTrialBox() {
  const t = useTranslations('plugins.moderation')
  const id = useId()
  const [text, setText] = useState('')
  return (
    <div className="max-w-[720px]">
      <label htmlFor={id} className="mb-[5px] block text-control font-medium text-ink">
        {t('try')}
      </label>
      <Textarea
        id={id}
        rows={3}
        value={text}
        maxLength={20_000}
        aria-describedby={`${id}-outcome`}
        onChange={(event) => setText(event.target.value)}
      />
      <div id={`${id}-outcome`} role="status" className="mt-[5px] min-h-[18px] text-meta text-ink-3">
        {text === '' ? t('tryHelp') : <Outcome text={text} />}
      </div>
    </div>
  )
}

function Outcome({ text }: { readonly text: string }) {
  const { workspace } = useWorkspace()
  const { id } = useModelApi()
  const rules = useWatch<ModerationValues, 'rules'>({ name: 'rules' })
  // Rows that nobody has filled yet are no rules.
  const written = rules.flatMap((rule, index) => (rule.text.trim() === '' ? [] : [{ rule, index }]))
  const settled: { text: string; rules: RuleValues[] } = JSON.parse(
    useSettled(JSON.stringify({ text, rules: written.map(({ rule }) => rule) })),
  )
  const trial = useQuery({
    ...moderationTrialQuery(workspace, id, settled),
    placeholderData: keepPreviousData,
    gcTime: 0,
  })
  const numberOf = (rule: number) => (written[rule]?.index ?? rule) + 1
  if (trial.error) return <Unusable error={trial.error} numberOf={numberOf} />
  if (!trial.data) return null
  return <TrialOutcome text={settled.text} trial={trial.data} rules={settled.rules} numberOf={numberOf} />
}

interface UnusableProps {
  readonly error: unknown
  readonly numberOf: (rule: number) => number
}

const shown = 3

/** Which rules cannot be used, and why. */
function Unusable({ error, numberOf }: UnusableProps) {
  const t = useTranslations('plugins.moderation')
  const sentence = useSentences()
  const fields = error instanceof ConsoleApiError ? error.invalidFields : []
  if (fields.length === 0) return <FailureText error={error} />
  return (
    <ul className="text-bad-text">
      {fields.slice(0, shown).map(({ path, message }) => {
        const index = /^rules\.(\d+)\./.exec(path)?.[1]
        return (
          <li key={path}>
            {index === undefined
              ? sentence(message)
              : t('tryUnusable', { number: numberOf(Number(index)), problem: sentence(message) })}
          </li>
        )
      })}
    </ul>
  )
}
