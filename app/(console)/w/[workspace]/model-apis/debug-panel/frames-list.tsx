'use client'

import { clsx } from 'clsx'
import { ChevronRight } from 'lucide-react'
import { useLayoutEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Tag } from '@/components/ui/tag.tsx'
import { useFormat } from '@/components/ui/use-format.ts'
import { dataOf } from '@/lib/client/debug-content.ts'
import { type FrameRow, rowsInSight } from '@/lib/client/debug-rows.ts'
import type { DebugFrame } from '@/lib/client/debug-run.ts'

/** Ten thousand frames scroll as fast as ten: only those in sight are in the page. */
export function FramesList({ frames }: { readonly frames: readonly DebugFrame[] }) {
  const t = useTranslations('debug.frames')
  const view = useRef<HTMLDivElement>(null)
  const [sight, setSight] = useState({ top: 0, height: 0 })
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set())
  const look = () => {
    const element = view.current
    if (element) setSight({ top: element.scrollTop, height: element.clientHeight })
  }
  useLayoutEffect(() => {
    const element = view.current
    if (element === null) return
    const observer = new ResizeObserver(() =>
      setSight({ top: element.scrollTop, height: element.clientHeight }),
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  const toggle = (index: number) => {
    const next = new Set(open)
    if (!next.delete(index)) next.add(index)
    setOpen(next)
  }
  const { rows, height } = rowsInSight(frames, open, sight)
  return (
    <section
      ref={view}
      aria-label={t('label')}
      onScroll={look}
      className="relative min-h-[200px] flex-1 overflow-y-auto rounded-box border border-line bg-sunken"
    >
      <ul style={{ height }} className="relative">
        {rows.map((row) => (
          <Frame key={row.frame.index} row={row} count={frames.length} onToggle={toggle} />
        ))}
      </ul>
    </section>
  )
}

interface FrameProps {
  readonly row: FrameRow
  readonly count: number
  readonly onToggle: (index: number) => void
}

function Frame({ row: { frame, top, height, isOpen, position }, count, onToggle }: FrameProps) {
  const t = useTranslations('debug.frames')
  const format = useFormat()
  const { index, atMs, bytes, content, kind } = frame
  const data = dataOf(content) ?? content
  return (
    <li
      style={{ top, height }}
      aria-setsize={count}
      aria-posinset={position + 1}
      className="absolute inset-x-0 flex flex-col border-b border-line"
    >
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => onToggle(index)}
        className="tnum grid h-7 w-full shrink-0 grid-cols-[14px_3.5em_6.5em_4.5em_minmax(0,1fr)] items-center gap-2 px-2 text-left font-mono text-meta -outline-offset-2 hover:bg-hover max-md:grid-cols-[14px_3.5em_6.5em_minmax(0,1fr)]"
      >
        <ChevronRight
          aria-hidden="true"
          size={14}
          strokeWidth={1.5}
          className={clsx('text-ink-3', isOpen && 'rotate-90')}
        />
        <span className="text-right text-ink-3">{index}</span>
        <span className="text-right text-ink-2">+{t('ms', { value: format.number(atMs, 1) })}</span>
        <span className="text-right text-ink-3 max-md:hidden">{format.bytes(bytes)}</span>
        <span className="flex min-w-0 items-center gap-2">
          {kind === 'content' ? null : <Tag>{t(`kinds.${kind}`)}</Tag>}
          <span className="truncate text-ink">{data}</span>
        </span>
      </button>
      {isOpen ? (
        <textarea
          readOnly
          spellCheck={false}
          aria-label={t('contentOf', { index })}
          value={readable(data)}
          className="min-h-0 w-full flex-1 resize-none border-t border-line bg-surface px-3 py-2 font-mono text-code text-ink -outline-offset-2"
        />
      ) : null}
    </li>
  )
}

function readable(data: string): string {
  try {
    return JSON.stringify(JSON.parse(data), null, 2)
  } catch {
    return data
  }
}
