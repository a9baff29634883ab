'use client'

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { RequestId } from '@/components/feedback/request-id.tsx'
import { StatusGlyph } from '@/components/feedback/status-glyph.tsx'
import { problemOf } from '@/components/form/form-problem.ts'
import { useSentences } from '@/components/form/issue-text.ts'
import { PageTitle } from '@/components/shell/page-title.tsx'
import { Button } from '@/components/ui/button.tsx'
import { CopyButton } from '@/components/ui/copy-button.tsx'

type ErrorStateProps = {
  /** What could not be done: "Services could not be loaded." */
  readonly title: ReactNode
  /** The cause and the next step, where the error itself does not say them. */
  readonly text?: ReactNode
  /** The caught error; its `problem`, when it has one, gives cause and request id. */
  readonly error?: unknown
  readonly onRetry?: (() => void) | undefined
  readonly retrying?: boolean
  readonly actions?: ReactNode
  /** `page` is the whole content area, `section` one part of it. */
  readonly size?: 'page' | 'section'
}

export function ErrorState({
  title,
  text,
  error,
  onRetry,
  retrying = false,
  actions,
  size = 'section',
}: ErrorStateProps) {
  const t = useTranslations('kit')
  const sentence = useSentences()
  const problem = problemOf(error)
  const Heading = size === 'page' ? 'h1' : 'h2'
  return (
    <div role="alert" className={size === 'page' ? 'py-10' : 'py-4'}>
      {size === 'page' && typeof title === 'string' ? <PageTitle>{title}</PageTitle> : null}
      <Heading
        tabIndex={-1}
        className={`flex items-baseline gap-2 outline-none ${size === 'page' ? 'text-h1' : 'text-h2'}`}
      >
        <StatusGlyph tone="bad" className="self-center" />
        {title}
      </Heading>
      <p className="mt-1 max-w-[68ch] text-control text-ink-2">
        {problem ? sentence(problem.detail) : (text ?? t('error.unanswered'))}
      </p>
      {problem?.requestId ? (
        <div className="mt-1">
          <RequestId value={problem.requestId} />
        </div>
      ) : null}
      <div className="mt-3 flex flex-wrap items-center gap-2">
        {onRetry ? (
          <Button size="sm" onClick={onRetry} loading={retrying}>
            {t('retry')}
          </Button>
        ) : null}
        {actions}
        <CopyDetails error={error} />
      </div>
    </div>
  )
}

function CopyDetails({ error }: { readonly error: unknown }) {
  const t = useTranslations('kit')
  if (error === undefined) return null
  const details = () => {
    const problem = problemOf(error)
    const seen = {
      time: new Date().toISOString(),
      path: window.location.pathname,
      ...(problem ?? { message: error instanceof Error ? error.message : String(error) }),
    }
    return JSON.stringify(seen, null, 2)
  }
  return <CopyButton value={details} name={t('error.details')} />
}
