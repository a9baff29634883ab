'use client'

import { useTranslations } from 'use-intl'
import { CopyButton } from '@/components/ui/copy-button.tsx'
import { setTokenLine } from '@/lib/client/snippets/quote-shell.ts'
import type { Shell } from '@/lib/client/snippets/snippet-input.ts'
import { tokenPrefix } from './token-prefix.ts'

type SetTokenLineProps = {
  readonly shell: Shell
  readonly hint: string
  /** Undefined: the reader may not see tokens. */
  readonly reveal: (() => Promise<string>) | undefined
}

/** The line that puts the token where snippets read it: shown masked, copied whole. */
export function SetTokenLine({ shell, hint, reveal }: SetTokenLineProps) {
  const t = useTranslations('invocation')
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-control">
      <span className="w-full text-ink-3 md:w-[120px]">{t('variable')}</span>
      <code className="min-w-0 flex-1 break-all font-mono text-code">
        {setTokenLine(shell, `${tokenPrefix}••••${hint}`)}
      </code>
      {reveal ? (
        <CopyButton value={async () => setTokenLine(shell, await reveal())} name={t('variableName')} />
      ) : null}
    </div>
  )
}
