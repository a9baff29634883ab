'use client'

import { clsx } from 'clsx'
import { Eye, EyeOff } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { CopyButton } from './copy-button.tsx'
import { IconButton } from './icon-button.tsx'

const revealedMs = 30_000
const dots = '•'.repeat(20)

type SecretTextProps = {
  /** What it is, as said aloud: "Token". */
  readonly name: string
  /** The part before the secret that everyone may see, such as `ek_live_`. */
  readonly prefix?: string
  readonly lastFour: string
  /** Fetches the secret, at each reveal and copy; the page never keeps it longer than it is shown. */
  readonly reveal?: (() => Promise<string>) | undefined
  /** Shown in place of the reveal and copy buttons' action when the viewer may not see it. */
  readonly forbiddenReason?: string | undefined
  readonly className?: string
}

/** A masked secret: dots of fixed length and the last four; re-masks after 30 s and when the window loses focus. */
export function SecretText({
  name,
  prefix = '',
  lastFour,
  reveal,
  forbiddenReason,
  className,
}: SecretTextProps) {
  const t = useTranslations('kit')
  const [shown, setShown] = useState<string | null>(null)
  useEffect(() => {
    if (shown === null) return
    const mask = () => setShown(null)
    const timer = setTimeout(mask, revealedMs)
    window.addEventListener('blur', mask)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('blur', mask)
    }
  }, [shown])

  const toggle = async () => setShown(shown === null && reveal ? await reveal() : null)
  return (
    <span className={clsx('inline-flex min-w-0 items-center gap-1', className)}>
      <span className={clsx('min-w-0 break-all font-mono text-control', shown !== null && 'select-all')}>
        {shown ?? (
          <>
            <span aria-hidden="true">{`${prefix}${dots}${lastFour}`}</span>
            <span className="sr-only">{t('secret.masked', { name, lastFour })}</span>
          </>
        )}
      </span>
      {reveal || forbiddenReason ? (
        <>
          <IconButton
            icon={shown === null ? Eye : EyeOff}
            label={shown === null ? t('secret.reveal', { name }) : t('secret.hide', { name })}
            disabledReason={forbiddenReason}
            onClick={() => void toggle()}
          />
          {reveal && !forbiddenReason ? (
            <CopyButton value={async () => shown ?? (await reveal())} name={name} />
          ) : null}
        </>
      ) : null}
    </span>
  )
}
