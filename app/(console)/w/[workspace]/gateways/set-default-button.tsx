'use client'

import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button.tsx'
import type { Gateway } from '@/lib/domain/gateway.ts'
import { useSetDefault } from './use-set-default.ts'

/** Nothing while the gateway already is the default one. */
export function SetDefaultButton({ gateway }: { readonly gateway: Gateway }) {
  const t = useTranslations('gateways')
  const { pending, disabledReason, setDefault } = useSetDefault(gateway)
  if (gateway.isDefault) return null
  return (
    <Button loading={pending} disabledReason={disabledReason} onClick={() => void setDefault()}>
      {t('setDefault')}
    </Button>
  )
}
