'use client'

import { clsx } from 'clsx'
import { ChevronDown } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { useFormState } from 'react-hook-form'
import { listFieldErrors } from './field-errors.ts'

type FoldedFieldsProps = {
  readonly label: ReactNode
  /** What the fields come to, in words: shown folded and unfolded, so it answers while they are edited. */
  readonly summary: ReactNode
  /** The fields inside: a complaint about one of them unfolds. */
  readonly names: readonly string[]
  readonly children: ReactNode
}

/** Settings that most people leave as they are, on one line each. */
export function FoldedFields({ label, summary, names, children }: FoldedFieldsProps) {
  const id = useId()
  const [unfolded, setUnfolded] = useState(false)
  const { errors } = useFormState()
  const refused = listFieldErrors(errors).some(({ path }) =>
    names.some((name) => path === name || path.startsWith(`${name}.`)),
  )
  const open = unfolded || refused
  return (
    <div>
      <button
        type="button"
        data-fold=""
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setUnfolded(!open)}
        className="grid w-full grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 rounded-tag py-2.5 text-left text-control md:grid-cols-[140px_minmax(0,1fr)_auto] pointer-coarse:min-h-11 group"
      >
        <span className="font-medium text-ink">{label}</span>
        <span className="text-ink-2 [overflow-wrap:anywhere] max-md:col-start-1 max-md:row-start-2">
          {summary}
        </span>
        <ChevronDown
          aria-hidden="true"
          size={16}
          strokeWidth={1.5}
          className={clsx(
            'self-center text-ink-3 transition-[rotate] duration-[120ms] group-hover:text-ink max-md:col-start-2 max-md:row-start-1',
            open && 'rotate-180',
          )}
        />
      </button>
      <div id={id} hidden={!open} className="flex flex-col gap-[18px] pt-1.5 pb-5">
        {children}
      </div>
    </div>
  )
}

/** Holds folded fields, one under the other between hairlines; the first stands on the line of its section's title. */
export function FoldedList({ children }: { readonly children: ReactNode }) {
  return <div className="-my-2.5 divide-y divide-line">{children}</div>
}
