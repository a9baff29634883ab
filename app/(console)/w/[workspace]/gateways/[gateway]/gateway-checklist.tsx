'use client'

import { clsx } from 'clsx'
import { useTranslations } from 'use-intl'
import { Callout } from '@/components/feedback/callout.tsx'
import { StatusGlyph } from '@/components/feedback/status-glyph.tsx'
import { TextLink } from '@/components/ui/text-link.tsx'
import { setupSteps } from '@/lib/client/gateway-setup.ts'
import type { Gateway } from '@/lib/domain/gateway.ts'
import { useWorkspace } from '../../use-workspace.ts'

/** What is left until calls arrive; gone once they can. */
export function GatewayChecklist({ gateway }: { readonly gateway: Gateway }) {
  const t = useTranslations('gateways.setup')
  const { workspace } = useWorkspace()
  const steps = setupSteps(gateway)
  if (steps === null) return null
  const base = `/w/${workspace}/gateways/${gateway.id}`
  const hrefs = {
    network: `${base}/access`,
    whitelist: `${base}/access?net=internet`,
    domain: `${base}/domains`,
    service: `/w/${workspace}/inference-services/new?gateway=${gateway.id}`,
    call: `${base}/services`,
  }
  const logical = gateway.type === 'alb' && !gateway.internet.enabled && !gateway.vpc.enabled
  return (
    <section aria-labelledby="gateway-setup" className="border-b border-line py-5">
      <h2 id="gateway-setup" className="text-h2 text-ink">
        {t('title')}
      </h2>
      {logical ? (
        <div className="mt-3 max-w-[680px]">
          <Callout tone="info">{t('logical')}</Callout>
        </div>
      ) : null}
      <ol className="mt-2 max-w-[680px] divide-y divide-line">
        {steps.map(({ id, state }) => (
          <li key={id} className="flex items-center gap-2.5 py-2 text-control">
            <StatusGlyph tone={state === 'done' ? 'ok' : 'pending'} />
            <span
              className={clsx(
                state === 'done' ? 'text-ink-3' : 'text-ink',
                state === 'next' && 'font-medium',
              )}
            >
              {t(`steps.${id}`)}
              <span className="sr-only"> · {t(state === 'done' ? 'done' : 'open')}</span>
            </span>
            {state === 'done' ? null : (
              <TextLink href={hrefs[id]} className="ml-auto">
                {t(`actions.${id}`)}
              </TextLink>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}
