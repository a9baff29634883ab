'use client'

import { Download } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button.tsx'
import { CopyButton } from '@/components/ui/copy-button.tsx'
import { Input } from '@/components/ui/input.tsx'
import { type DebugRun, textOf } from '@/lib/client/debug-run.ts'
import { FramesList } from './frames-list.tsx'
import { saveFile } from './save-file.ts'

/** The frames of a stream, with what can be done with all of them. */
export function FramesView({ run }: { readonly run: DebugRun }) {
  const t = useTranslations('debug.frames')
  const [filter, setFilter] = useState('')
  const wanted = filter.trim().toLowerCase()
  const shown =
    wanted === '' ? run.frames : run.frames.filter(({ content }) => content.toLowerCase().includes(wanted))
  const save = () => {
    const lines = run.frames.map(({ kind: _, ...frame }) => `${JSON.stringify(frame)}\n`)
    saveFile(new Blob(lines, { type: 'application/x-ndjson' }), `${run.requestId ?? 'frames'}.ndjson`)
  }
  return (
    <div className="flex min-h-[320px] flex-1 flex-col">
      <div className="flex flex-wrap items-center gap-2 pb-2">
        <Input
          aria-label={t('filter')}
          placeholder={t('filter')}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
          className="max-w-[220px]"
        />
        <span role="status" className="tnum text-meta text-ink-3">
          {wanted === ''
            ? t('count', { count: run.frames.length })
            : t('matching', { matching: shown.length, count: run.frames.length })}
        </span>
        <span className="ml-auto flex items-center gap-1">
          <CopyButton value={() => textOf(run.frames)} name={t('all')} labelled />
          <Button size="sm" variant="quiet" icon={Download} onClick={save}>
            {t('download')}
          </Button>
        </span>
      </div>
      <FramesList frames={shown} />
    </div>
  )
}
