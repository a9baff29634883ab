'use client'

import { useTranslations } from 'use-intl'
import { useSentences } from '@/components/form/issue-text.ts'
import { OperationRail } from '@/components/page/operation-rail.tsx'
import { Time } from '@/components/ui/time.tsx'
import type { Gateway } from '@/lib/domain/gateway.ts'
import { CopyTextButton } from './access/copy-text-button.tsx'

/** What the gateway is being changed into, step by step, and what old nodes still finish. */
export function GatewayOperation({ gateway }: { readonly gateway: Gateway }) {
  const t = useTranslations('gateways.operation')
  const sentence = useSentences()
  const { operation } = gateway
  if (operation === null) return null
  const { kind, steps, since, openOnOldNodes } = operation
  const failed = steps.some(({ state }) => state === 'failed')
  return (
    <section aria-labelledby="gateway-operation" className="border-b border-line py-5">
      <h2 id="gateway-operation" className="mb-3 flex flex-wrap items-baseline gap-x-2 text-h2 text-ink">
        {t(`kinds.${kind}`)}
        <span className="text-meta font-normal text-ink-3">
          {t.rich('since', { time: () => <Time value={since} /> })}
        </span>
      </h2>
      <OperationRail
        label={t(`kinds.${kind}`)}
        steps={steps.map(({ step, state, detail }) => ({
          name: t.has(`steps.${step}` as 'steps.plan') ? t(`steps.${step}` as 'steps.plan') : step,
          state,
          detail:
            step === 'drain-old' && openOnOldNodes > 0
              ? t('openOnOld', { count: openOnOldNodes })
              : detail === null
                ? undefined
                : sentence(detail),
        }))}
        actions={
          failed ? (
            <CopyTextButton
              label={t('copyDetails')}
              name={t('details')}
              text={() => JSON.stringify(operation, null, 2)}
            />
          ) : undefined
        }
      />
    </section>
  )
}
