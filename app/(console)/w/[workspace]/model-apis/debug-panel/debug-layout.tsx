'use client'

import { clsx } from 'clsx'
import { SlidersHorizontal } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button.tsx'

/** A page of its own, or a drawer over the list. */
export type DebugPlace = 'page' | 'drawer'

interface DebugLayoutProps {
  readonly place: DebugPlace
  /** The left side; folded away on narrow screens. */
  readonly settings: ReactNode
  /** Above the settings, never folded. */
  readonly choice?: ReactNode
  readonly children: ReactNode
}

/** Settings at the left, the answer and what is sent next at the right, each scrolling by itself. */
export function DebugLayout({ place, settings, choice, children }: DebugLayoutProps) {
  const t = useTranslations('debug')
  const id = useId()
  const [unfolded, setUnfolded] = useState(false)
  return (
    <div
      className={clsx(
        'grid grid-cols-1 lg:grid-cols-[280px_minmax(0,1fr)]',
        place === 'page'
          ? 'lg:-mb-12 lg:h-[calc(100dvh-186px)] lg:min-h-[520px] lg:grid-cols-[320px_minmax(0,1fr)]'
          : '-my-5 lg:h-[calc(100%+40px)]',
      )}
    >
      <div className="min-h-0 py-5 lg:overflow-y-auto lg:border-r lg:border-line lg:-ml-1 lg:pr-5 lg:pl-1">
        {choice ? <div className="mb-5">{choice}</div> : null}
        <Button
          icon={SlidersHorizontal}
          className="lg:hidden"
          aria-expanded={unfolded}
          aria-controls={id}
          onClick={() => setUnfolded(!unfolded)}
        >
          {t('settings.title')}
        </Button>
        <div id={id} className={clsx(unfolded ? 'max-lg:mt-4' : 'max-lg:hidden')}>
          {settings}
        </div>
      </div>
      <div className="flex min-h-0 min-w-0 flex-col lg:pl-6">{children}</div>
    </div>
  )
}
