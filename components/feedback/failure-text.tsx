'use client'

import { useTranslations } from 'use-intl'
import { problemOf } from '@/components/form/form-problem.ts'
import { useSentences } from '@/components/form/issue-text.ts'
import { RequestId } from './request-id.tsx'

/** Why an act was refused, in place, with the id that finds it in logs. Nothing without an error. */
export function FailureText({ error }: { readonly error: unknown }) {
  const t = useTranslations('kit')
  const sentence = useSentences()
  if (!error) return null
  const problem = problemOf(error)
  return (
    <div role="alert" className="mt-2 flex flex-wrap items-center gap-x-2 text-control text-bad-text">
      <span className="min-w-0 [overflow-wrap:anywhere]">
        {problem ? sentence(problem.detail) : t('error.unanswered')}
      </span>
      {problem?.requestId ? <RequestId value={problem.requestId} /> : null}
    </div>
  )
}
