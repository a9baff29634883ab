'use client'

import { useTranslations } from 'use-intl'
import { Callout } from '@/components/feedback/callout.tsx'
import type { GatewayVpcLink } from '@/lib/domain/gateway-network.ts'
import { CopyTextButton } from './copy-text-button.tsx'

/** What happens next with each VPC whose workspace has not agreed, or no longer does. */
export function ConsentNotices({ links }: { readonly links: readonly GatewayVpcLink[] }) {
  const t = useTranslations('gateway-access.waiting')
  const waiting = links.flatMap(({ id, consent, vpc }) =>
    consent === 'granted' || vpc.workspace === null ? [] : [{ id, consent, workspace: vpc.workspace }],
  )
  if (waiting.length === 0) return null
  return (
    <div className="mb-4 flex flex-col gap-2">
      {waiting.map(({ id, consent, workspace }) => (
        <Callout
          key={id}
          tone={consent === 'pending' ? 'info' : 'warn'}
          title={t(`${consent}Title`, { workspace })}
          action={
            <CopyTextButton
              label={t('copyLink')}
              name={t('link')}
              text={() => new URL(`/w/${workspace}/networks`, window.location.origin).href}
            />
          }
        >
          {t(`${consent}Text`)}
        </Callout>
      ))}
    </div>
  )
}
