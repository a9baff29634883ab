'use client'

import { Tooltip as BaseTooltip } from '@base-ui/react/tooltip'
import type { ReactElement, ReactNode } from 'react'
import { useId } from 'react'
import { Kbd } from './kbd.tsx'

type TooltipProps = {
  readonly content: ReactNode
  readonly shortcut?: string | undefined
  readonly side?: 'top' | 'right' | 'bottom' | 'left'
  /** False when the content only repeats the trigger's own name. */
  readonly describes?: boolean
  readonly children: ReactElement<Record<string, unknown>>
}

/** A short hint on hover and focus. Never the only place of something that people need. */
export function Tooltip({ content, shortcut, side = 'top', describes = true, children }: TooltipProps) {
  const id = useId()
  return (
    <BaseTooltip.Root>
      <BaseTooltip.Trigger render={children} {...(describes ? { 'aria-describedby': id } : {})} />
      {describes ? (
        <span id={id} hidden>
          {content}
        </span>
      ) : null}
      <BaseTooltip.Portal>
        <BaseTooltip.Positioner side={side} sideOffset={6} className="z-50">
          <BaseTooltip.Popup className="flex max-w-[320px] items-center gap-2 rounded-ctl border border-line bg-raised px-2 py-1 text-meta text-ink shadow-menu transition-opacity duration-[120ms] data-ending-style:opacity-0 data-starting-style:opacity-0">
            <span>{content}</span>
            {shortcut ? <Kbd keys={shortcut} /> : null}
          </BaseTooltip.Popup>
        </BaseTooltip.Positioner>
      </BaseTooltip.Portal>
    </BaseTooltip.Root>
  )
}
