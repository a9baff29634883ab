import Link from 'next/link'
import type { ReactNode } from 'react'
import { StatusGlyph, type StatusTone } from '@/components/feedback/status-glyph.tsx'

export type ListedProblem = {
  readonly id: string
  readonly tone: Extract<StatusTone, 'warn' | 'bad' | 'info'>
  readonly title: ReactNode
  /** Cause and since when. */
  readonly detail?: ReactNode
  readonly href: string
  /** The repair, as a link: "Review instances". */
  readonly action: ReactNode
}

type ProblemListProps = {
  readonly problems: readonly ListedProblem[]
  /** Shown when there are none: one line, with the time of the last check. */
  readonly none: ReactNode
}

export function ProblemList({ problems, none }: ProblemListProps) {
  if (problems.length === 0) {
    return (
      <p className="flex items-center gap-2 text-control text-ink-2">
        <StatusGlyph tone="ok" />
        {none}
      </p>
    )
  }
  return (
    <ul className="divide-y divide-line border-y border-line">
      {problems.map((problem) => (
        <li key={problem.id} className="flex flex-wrap items-start gap-x-2.5 gap-y-1 py-2.5">
          <StatusGlyph tone={problem.tone} className="mt-[5px]" />
          <div className="min-w-0 flex-1">
            <div className="text-control font-medium text-ink">{problem.title}</div>
            {problem.detail ? <div className="text-meta text-ink-3">{problem.detail}</div> : null}
          </div>
          <Link href={problem.href} className="min-h-6 text-control text-accent-text hover:underline">
            {problem.action}
          </Link>
        </li>
      ))}
    </ul>
  )
}
