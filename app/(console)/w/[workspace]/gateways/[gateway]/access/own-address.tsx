'use client'

import { useTranslations } from 'use-intl'
import type { Whitelist } from '@/lib/domain/whitelist.ts'

interface OwnAddressProps {
  readonly list: Whitelist
  readonly onAdd: (address: string) => void
}

/** The reader's own address, which is most often the one to add. */
export function OwnAddress({ list, onAdd }: OwnAddressProps) {
  const t = useTranslations('gateway-access')
  const { callerAddress, callerAllowed } = list
  if (callerAddress === null) return null
  return (
    <p className="mt-1 text-meta text-ink-3">
      {t.rich('yourAddress', { address: () => <code className="font-mono text-ink">{callerAddress}</code> })}{' '}
      {callerAllowed ? (
        t('alreadyAllowed')
      ) : (
        <>
          {t('notYetAllowed')}{' '}
          <button
            type="button"
            className="min-h-6 text-accent-text underline underline-offset-2"
            onClick={() => onAdd(callerAddress)}
          >
            {t('addIt')}
          </button>
        </>
      )}
    </p>
  )
}
