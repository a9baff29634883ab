'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Dialog } from '@/components/ui/dialog.tsx'
import type { ServiceToken } from '@/lib/domain/service-token.ts'
import type { InvocationProps } from './invocation-props.ts'
import { RotateTokenForm } from './rotate-token-form.tsx'
import { RotatedToken } from './rotated-token.tsx'

type RotateTokenDialogProps = InvocationProps & {
  readonly active: ServiceToken | undefined
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
}

/** Makes a new token, with an overlap; then shows it to hand over. The dialog forgets it when it closes. */
export function RotateTokenDialog({
  workspace,
  service,
  active,
  open,
  onOpenChange,
}: RotateTokenDialogProps) {
  const t = useTranslations('invocation.rotate')
  const [tokens, setTokens] = useState<readonly ServiceToken[] | null>(null)
  const change = (next: boolean) => {
    if (!next) setTokens(null)
    onOpenChange(next)
  }
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={tokens ? t('done') : t('title', { name: service.name })}
      description={tokens ? t('doneText') : t('text')}
    >
      {tokens ? (
        <RotatedToken tokens={tokens} onClose={() => change(false)} />
      ) : (
        <RotateTokenForm
          workspace={workspace}
          service={service}
          active={active}
          onRotated={setTokens}
          onCancel={() => change(false)}
        />
      )}
    </Dialog>
  )
}
