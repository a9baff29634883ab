'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { CodeBlock } from '@/components/ui/code-block.tsx'
import { Segmented } from '@/components/ui/segmented.tsx'
import { useFormat } from '@/components/ui/use-format.ts'
import type { DebugCall } from '@/lib/client/debug-caller.ts'
import { type DebugRun, headerOf, isStream, textOf } from '@/lib/client/debug-run.ts'
import { FramesView } from './frames-view.tsx'
import { HeadersList, RequestsFold } from './shown-request.tsx'

/** What came over the wire, and nothing made of it. */
export function RawView({ call }: { readonly call: DebugCall | null }) {
  const t = useTranslations('debug.raw')
  if (call === null) return <p className="py-6 text-control text-ink-2">{t('empty')}</p>
  const { run } = call
  const streams = isStream(run)
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto py-4 pr-1 max-lg:max-h-[70dvh]">
      {run.head === null ? (
        <p className="text-control text-ink-2">{t('noAnswer')}</p>
      ) : (
        <details>
          <summary className="w-fit cursor-pointer rounded-tag py-0.5 text-control font-medium text-ink">
            {t('head', { status: run.head.status, count: run.head.headers.length })}
          </summary>
          <HeadersList headers={run.head.headers} />
        </details>
      )}
      <RequestsFold run={run} />
      {run.framesLost > 0 ? (
        <p className="text-meta text-warn-text">{t('lost', { count: run.framesLost })}</p>
      ) : null}
      {run.frames.length === 0 ? null : streams ? <FramesView run={run} /> : <WholeAnswer run={run} />}
    </div>
  )
}

const shownMax = 512 * 1024

/** An answer that is no stream: JSON made readable or as it came; of bytes their number. */
function WholeAnswer({ run }: { readonly run: DebugRun }) {
  const t = useTranslations('debug.raw')
  const format = useFormat()
  const [form, setForm] = useState<'pretty' | 'raw'>('pretty')
  const type = headerOf(run, 'content-type') ?? ''
  const bytes = run.frames.reduce((sum, frame) => sum + frame.bytes, 0)
  if (/^(?:image|audio|video)\/|octet-stream/.test(type)) {
    return <p className="text-control text-ink-2">{t('binary', { type, size: format.bytes(bytes) })}</p>
  }
  const text = textOf(run.frames)
  const pretty = prettyJson(text)
  const shown = pretty === null || form === 'raw' ? text : pretty
  return (
    <>
      {pretty === null ? null : (
        <Segmented
          aria-label={t('form')}
          items={[
            { value: 'pretty', label: t('pretty') },
            { value: 'raw', label: t('raw') },
          ]}
          value={form}
          onValueChange={setForm}
        />
      )}
      <CodeBlock
        code={shown.slice(0, shownMax)}
        language={pretty === null ? 'text' : 'json'}
        name={t('answer')}
      />
      {shown.length > shownMax ? (
        <p className="text-meta text-ink-3">{t('cut', { size: format.bytes(bytes) })}</p>
      ) : null}
    </>
  )
}

/** Null where the text is no JSON. */
function prettyJson(text: string): string | null {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return null
  }
}
