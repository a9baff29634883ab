'use client'

import { useTranslations } from 'use-intl'
import type { StatusTone } from '@/components/feedback/status-glyph.tsx'
import { StatusText } from '@/components/feedback/status-text.tsx'
import { useSentences } from '@/components/form/issue-text.ts'
import { OperationRail } from '@/components/page/operation-rail.tsx'
import { useFormat } from '@/components/ui/use-format.ts'
import type { Connectivity } from '@/lib/domain/gateway-network.ts'

const tones: Record<Connectivity['outcome'], StatusTone> = {
  reached: 'ok',
  refused: 'warn',
  unreachable: 'bad',
}

/** Each step of a try, and what it came to. */
export function ConnectivityResult({ result }: { readonly result: Connectivity }) {
  const t = useTranslations('gateway-access')
  const sentence = useSentences()
  const format = useFormat()
  const { outcome, from, url, steps } = result
  return (
    <div role="status" className="py-1">
      <p>
        <StatusText tone={tones[outcome]}>{t(`outcomes.${outcome}`)}</StatusText>
      </p>
      <p className="mt-0.5 mb-3 text-meta text-ink-3">
        {t.rich(from === null ? 'tried' : 'triedFrom', {
          url: () => <code className="font-mono">{url}</code>,
          from: () => <code className="font-mono">{from}</code>,
        })}
      </p>
      <OperationRail
        label={t('connectivity')}
        direction="vertical"
        steps={steps.map(({ step, ok, detail, ms }) => ({
          name: t(`steps.${step}`),
          state: ok ? 'done' : 'failed',
          detail: `${sentence(detail)} · ${format.duration(ms)}`,
        }))}
      />
    </div>
  )
}
