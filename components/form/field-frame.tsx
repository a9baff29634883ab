'use client'

import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { StatusGlyph } from '@/components/feedback/status-glyph.tsx'

export type FieldFrameProps = {
  readonly id: string
  readonly label: ReactNode
  readonly optional?: boolean | undefined
  /** States a constraint or a consequence; replaced in place by the complaint. */
  readonly help?: ReactNode
  /** At the right end of the label's line, such as a counter. */
  readonly aside?: ReactNode
  readonly error?: string | undefined
  /** `group` names a set of controls instead of one. */
  readonly as?: 'label' | 'group'
  readonly className?: string | undefined
  readonly children: ReactNode
}

/** Label above, control, then one line of help or complaint in the same place. */
export function FieldFrame({
  id,
  label,
  optional,
  help,
  aside,
  error,
  as = 'label',
  className,
  children,
}: FieldFrameProps) {
  const t = useTranslations('kit')
  const name = (
    <>
      {label}
      {optional ? <span className="font-normal text-ink-3"> {t('optional')}</span> : null}
    </>
  )
  return (
    <div data-field="" className={clsx('max-w-[560px]', className)}>
      <div className="mb-[5px] flex items-baseline justify-between gap-4 text-control">
        {as === 'label' ? (
          <label htmlFor={id} id={`${id}-label`} className="font-medium text-ink">
            {name}
          </label>
        ) : (
          <span id={`${id}-label`} className="font-medium text-ink">
            {name}
          </span>
        )}
        {aside ? <span className="tnum text-meta text-ink-3">{aside}</span> : null}
      </div>
      {children}
      <FieldNote id={id} help={help} error={error} />
    </div>
  )
}

type FieldNoteProps = {
  readonly id: string
  readonly help?: ReactNode
  readonly error?: string | undefined
}

/** The line under a control. Its id is `<id>-note`. */
export function FieldNote({ id, help, error }: FieldNoteProps) {
  if (error === undefined && (help === undefined || help === null)) return null
  return (
    <div
      id={`${id}-note`}
      className={clsx(
        'mt-[5px] max-w-[68ch] text-meta',
        error === undefined ? 'text-ink-3' : 'text-bad-text',
      )}
    >
      {error === undefined ? (
        help
      ) : (
        <span className="flex gap-1.5">
          <StatusGlyph tone="bad" className="mt-[3px]" />
          <span>{error}</span>
        </span>
      )}
    </div>
  )
}
