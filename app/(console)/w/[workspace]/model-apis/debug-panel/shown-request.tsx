'use client'

import { useTranslations } from 'use-intl'
import { StatusText } from '@/components/feedback/status-text.tsx'
import { CodeBlock } from '@/components/ui/code-block.tsx'
import { Tag } from '@/components/ui/tag.tsx'
import { useFormat } from '@/components/ui/use-format.ts'
import type { DebugAttempt, DebugRun } from '@/lib/client/debug-run.ts'
import type { ShownRequest as Shown } from '@/lib/domain/debug.ts'
import { attemptName, useAttemptText } from './attempts-popover.tsx'

/** What was sent: to the gateway, and by it to each service that it asked. */
export function RequestsFold({ run }: { readonly run: DebugRun }) {
  const t = useTranslations('debug.raw')
  if (run.sent === null) return null
  return (
    <>
      <details>
        <summary className="w-fit cursor-pointer rounded-tag py-0.5 text-control font-medium text-ink">
          {t('sent')}
        </summary>
        <ShownRequest request={run.sent} />
      </details>
      {run.attempts.map((attempt) => (
        <AttemptFold key={attempt.index} attempt={attempt} />
      ))}
    </>
  )
}

function AttemptFold({ attempt }: { readonly attempt: DebugAttempt }) {
  const t = useTranslations('debug.raw')
  const attemptText = useAttemptText()
  const { request, isConverted, dropped, ended } = attempt
  const tone = ended === null ? 'info' : ended.reason === null ? 'ok' : 'bad'
  return (
    <details>
      <summary className="w-fit cursor-pointer rounded-tag py-0.5 text-control font-medium text-ink">
        {isConverted ? t('converted') : t('toService')}{' '}
        <span translate="no" className="font-normal text-ink-2">
          {attemptName(attempt)}
        </span>
        <StatusText tone={tone} className="ml-2.5 text-meta font-normal">
          {attemptText(attempt)}
        </StatusText>
      </summary>
      {request === null ? (
        <p className="mt-1.5 text-control text-ink-2">{t('notSent')}</p>
      ) : (
        <ShownRequest request={request} />
      )}
      {dropped.length === 0 ? null : (
        <p className="mt-2 flex flex-wrap items-center gap-1.5 text-control text-warn-text">
          {t('dropped')}
          {dropped.map((field) => (
            <Tag key={field} mono>
              {field}
            </Tag>
          ))}
        </p>
      )}
    </details>
  )
}

function ShownRequest({ request: { method, url, headers, body } }: { readonly request: Shown }) {
  const t = useTranslations('debug.raw')
  const format = useFormat()
  return (
    <div className="mt-1.5 flex flex-col gap-2">
      <p className="font-mono text-code text-ink [overflow-wrap:anywhere]">
        {method} {url}
      </p>
      <HeadersList headers={headers} />
      {body === null ? null : body.encoding === 'base64' ? (
        <p className="text-control text-ink-2">{t('bodyBytes', { size: format.bytes(body.bytes) })}</p>
      ) : (
        <>
          <CodeBlock code={body.content} language="json" name={t('body')} />
          {body.isCut ? (
            <p className="text-meta text-ink-3">{t('cut', { size: format.bytes(body.bytes) })}</p>
          ) : null}
        </>
      )}
    </div>
  )
}

export function HeadersList({ headers }: { readonly headers: readonly (readonly [string, string])[] }) {
  return (
    <dl className="mt-1.5 grid grid-cols-1 gap-x-4 font-mono text-code md:grid-cols-[max-content_minmax(0,1fr)]">
      {headers.map(([name, value], index) => (
        <div key={String(index)} className="contents">
          <dt className="text-code-key">{name}</dt>
          <dd className="text-ink [overflow-wrap:anywhere] max-md:mb-1">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
