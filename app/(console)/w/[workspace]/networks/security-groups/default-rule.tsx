'use client'

import { useTranslations } from 'use-intl'
import type { Direction } from './rule-values.ts'

/** What happens to whatever no rule fits: the last line of every list, and no one's to change. */
export function DefaultRule({ direction }: { readonly direction: Direction }) {
  const t = useTranslations('networks.group')
  return (
    <li className="border-b border-line border-dashed py-2.5 text-control text-ink-3">
      {t(`defaults.${direction}`)}
    </li>
  )
}
