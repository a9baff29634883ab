'use client'

import { useTranslations } from 'use-intl'
import { Callout } from '@/components/feedback/callout.tsx'
import { Button } from '@/components/ui/button.tsx'
import { isEverybody, isPrivate, type WhitelistBlock } from '@/lib/client/gateway-whitelist.ts'

interface WhitelistWarningsProps {
  readonly blocks: readonly WhitelistBlock[]
  readonly internet: boolean
  readonly onRemove: ((block: WhitelistBlock) => void) | undefined
}

/** Standing remarks: everybody is let in from the Internet, or a block that no packet comes from. */
export function WhitelistWarnings({ blocks, internet, onRemove }: WhitelistWarningsProps) {
  const t = useTranslations('gateway-access')
  if (!internet) return null
  const everybody = blocks.filter(({ cidr }) => isEverybody(cidr))
  const unreachable = blocks.filter(({ cidr }) => isPrivate(cidr))
  if (everybody.length + unreachable.length === 0) return null
  return (
    <div className="mb-4 flex flex-col gap-2">
      {everybody.map((block) => (
        <Callout
          key={block.cidr}
          tone="warn"
          title={
            isIpv6(block.cidr)
              ? t('everybodyV6Title', { cidr: block.cidr })
              : t('everybodyTitle', { cidr: block.cidr })
          }
          action={
            onRemove ? (
              <Button size="sm" onClick={() => onRemove(block)}>
                {t('remove')}
              </Button>
            ) : undefined
          }
        >
          {t('everybodyText')}
        </Callout>
      ))}
      {unreachable.length === 0 ? null : (
        <Callout tone="warn">
          {t('privateText', {
            cidrs: unreachable.map(({ cidr }) => cidr).join(', '),
          })}
        </Callout>
      )}
    </div>
  )
}

function isIpv6(cidr: string): boolean {
  return cidr.includes(':')
}
