'use client'

import { Download } from 'lucide-react'
import Image from 'next/image'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Callout } from '@/components/feedback/callout.tsx'
import { FailureText } from '@/components/feedback/failure-text.tsx'
import { Button } from '@/components/ui/button.tsx'
import { CodeBlock } from '@/components/ui/code-block.tsx'
import { useFormat } from '@/components/ui/use-format.ts'
import { imagesIn, prettyJson } from '@/lib/client/debug-answer.ts'
import type { DebugCall } from '@/lib/client/debug-caller.ts'
import { bytesOf, type DebugRun, failureOf, headerOf, textOf } from '@/lib/client/debug-run.ts'
import { FailureNote } from './failure-note.tsx'
import { saveFile } from './save-file.ts'
import { WaitingNote } from './waiting-note.tsx'

interface CallAnswerProps {
  readonly call: DebugCall | null
  readonly onStop: () => void
}

/** What came back, shown as what it is. */
export function CallAnswer({ call, onStop }: CallAnswerProps) {
  const t = useTranslations('debug.call')
  if (call === null) return <p className="py-6 text-control text-ink-2">{t('empty')}</p>
  const failure = failureOf(call.run)
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto py-4 pr-1 max-lg:max-h-[70dvh]">
      <WaitingNote call={call} onStop={onStop} />
      {failure === null ? null : <FailureNote failure={failure} requestId={call.run.requestId} />}
      <FailureText error={call.error} />
      {call.run.frames.length === 0 ? null : <Body run={call.run} isOver={call.endedAt !== null} />}
      {call.state === 'stopped' ? <p className="text-meta text-ink-3">{t('stopped')}</p> : null}
    </div>
  )
}

const shownMax = 256 * 1024

function Body({ run, isOver }: { readonly run: DebugRun; readonly isOver: boolean }) {
  const t = useTranslations('debug.call')
  const type = headerOf(run, 'content-type') ?? ''
  if (/^(?:image|audio|video)\//.test(type) || run.frames.some(({ encoding }) => encoding === 'base64')) {
    return isOver ? <Media run={run} type={type} /> : null
  }
  const text = textOf(run.frames)
  const json = prettyJson(text)
  const images = json === null ? [] : imagesIn(text)
  const shown = json ?? text
  return (
    <>
      {images.map((source, index) => (
        <Picture key={String(index)} source={source} number={index + 1} />
      ))}
      <CodeBlock
        code={shown.slice(0, shownMax)}
        language={json === null ? 'text' : 'json'}
        name={t('answer')}
      />
      {shown.length > shownMax ? <p className="text-meta text-ink-3">{t('cut')}</p> : null}
    </>
  )
}

/** Bytes that came: seen or heard where a browser can, and to keep. */
function Media({ run, type }: { readonly run: DebugRun; readonly type: string }) {
  const t = useTranslations('debug.call')
  const format = useFormat()
  const [file] = useState(() => new Blob([bytesOf(run.frames)], { type: type.split(';')[0] ?? '' }))
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    const made = URL.createObjectURL(file)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [file])
  return (
    <>
      {url === null ? null : type.startsWith('image/') ? (
        <Picture source={url} number={1} />
      ) : type.startsWith('audio/') ? (
        <audio controls src={url} className="w-full max-w-[480px]">
          <track kind="captions" />
        </audio>
      ) : null}
      <div className="flex flex-wrap items-center gap-3">
        <Callout tone="info">
          {t('bytes', { type: type === '' ? t('unknownType') : type, size: format.bytes(file.size) })}
        </Callout>
        <Button size="sm" icon={Download} onClick={() => saveFile(file, run.requestId ?? 'answer')}>
          {t('save')}
        </Button>
      </div>
    </>
  )
}

/** From memory, so there is nothing to optimise; as large as it is, within the page. */
function Picture({ source, number }: { readonly source: string; readonly number: number }) {
  const t = useTranslations('debug.call')
  return (
    <Image
      unoptimized
      src={source}
      alt={t('image', { number })}
      width={512}
      height={512}
      className="h-auto max-h-[480px] w-auto max-w-full self-start rounded-box border border-line"
    />
  )
}
