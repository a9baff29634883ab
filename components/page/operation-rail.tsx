'use client'

import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { StatusGlyph, type StatusTone } from '@/components/feedback/status-glyph.tsx'

export type OperationStep = {
  readonly name: ReactNode
  readonly state: 'done' | 'current' | 'waiting' | 'failed'
  /** Elapsed time, "1 of 2 nodes", or the cause of a failure. */
  readonly detail?: ReactNode
}

const tones: Record<OperationStep['state'], StatusTone> = {
  done: 'ok',
  current: 'info',
  waiting: 'pending',
  failed: 'bad',
}

type OperationRailProps = {
  readonly label: string
  readonly steps: readonly OperationStep[]
  /** `vertical` in drawers. */
  readonly direction?: 'horizontal' | 'vertical'
  /** Under the rail of a failed operation: retry, copy details. */
  readonly actions?: ReactNode
}

/** How far a long operation is: the same line as a route, with named steps. */
export function OperationRail({ label, steps, direction = 'horizontal', actions }: OperationRailProps) {
  const t = useTranslations('kit')
  const across = direction === 'horizontal'
  return (
    <div>
      <ol aria-label={label} className={clsx('flex flex-col', across && 'md:flex-row')}>
        {steps.map((step, index) => (
          <li
            key={String(index)}
            aria-current={step.state === 'current' ? 'step' : undefined}
            className={clsx(
              'relative min-w-0 pb-3 pl-6',
              across && 'md:pt-5 md:pr-5 md:pb-0 md:pl-0',
              across && index < steps.length - 1 && 'md:flex-1',
            )}
          >
            {index < steps.length - 1 ? (
              <span
                aria-hidden="true"
                className={clsx(
                  'absolute top-4 bottom-[-2px] left-1 w-0.5',
                  step.state === 'done' ? 'bg-accent-line' : 'bg-line',
                  across && 'md:top-1 md:right-1.5 md:bottom-auto md:left-4 md:h-0.5 md:w-auto',
                )}
              />
            ) : null}
            <StatusGlyph
              tone={tones[step.state]}
              className={clsx('absolute top-[5px] left-0', across && 'md:top-0')}
            />
            <span
              className={clsx(
                'block text-control',
                step.state === 'waiting' ? 'text-ink-3' : 'text-ink',
                step.state === 'current' && 'font-medium',
              )}
            >
              {step.name}
              <span className="sr-only"> · {t(`operation.${step.state}`)}</span>
            </span>
            {step.detail ? (
              <span
                className={clsx(
                  'tnum block text-meta',
                  step.state === 'failed' ? 'text-bad-text' : 'text-ink-3',
                )}
              >
                {step.detail}
              </span>
            ) : null}
          </li>
        ))}
      </ol>
      {actions ? <div className="mt-3 flex flex-wrap gap-2">{actions}</div> : null}
    </div>
  )
}
