'use client'

import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/ui/use-format.ts'
import type { InferenceService } from '@/lib/domain/inference-service.ts'

export type Policy = Pick<
  InferenceService,
  | 'protocol'
  | 'upstreamHttp'
  | 'requestsPerSecond'
  | 'concurrency'
  | 'passiveHealth'
  | 'retries'
  | 'slowStartMs'
  | 'panicThreshold'
>

/** What the settings for traffic and failures come to, in one line each. */
export function usePolicyText() {
  const t = useTranslations('inference-services.policy')
  const format = useFormat()
  const { duration } = format
  return {
    protocol: (protocol: Policy['protocol']) => t(`protocols.${protocol}`),
    upstreamHttp: (version: Policy['upstreamHttp']) => t('httpVersion', { version }),
    /** `ofGateway`: what a service without a limit of its own gets; undefined while that is not known. */
    rate: (own: Policy['requestsPerSecond'], ofGateway: number | null | undefined) => {
      if (own !== null) return t('rateText', { count: own })
      if (ofGateway === undefined) return t('rateByGateway')
      return ofGateway === null ? t('rateNone') : t('rateOfGateway', { count: ofGateway })
    },
    concurrency: (concurrency: Policy['concurrency']) => {
      if (concurrency === null) return t('concurrencyOff')
      const { perInstance, queueSize, queueTimeoutMs } = concurrency
      if (queueSize === 0) return t('concurrencyNoQueue', { count: perInstance })
      return t('concurrencyText', { count: perInstance, queue: queueSize, time: duration(queueTimeoutMs) })
    },
    passiveHealth: (passive: Policy['passiveHealth']) => {
      if (passive === null) return t('passiveOff')
      const { failures, window, windowMs, ejectMs } = passive
      return t('passiveText', { failures, window, within: duration(windowMs), eject: duration(ejectMs) })
    },
    /** What a summary of one line leaves out. */
    passiveDetails: (passive: NonNullable<Policy['passiveHealth']>) => {
      const counted = (['connect', 'timeout', 'serverError'] as const).filter((kind) => passive.on[kind])
      return [
        ...(passive.ejectMsMax > passive.ejectMs
          ? [t('ejectMax', { time: duration(passive.ejectMsMax) })]
          : []),
        counted.length === 0
          ? t('countsNothing')
          : t('counts', { kinds: counted.map((kind) => t(`failures.${kind}`)).join(t('and')) }),
        t(passive.pauseOnRetryAfter ? 'pauses' : 'pausesNot'),
      ]
    },
    retries: ({ attempts, idempotent }: Policy['retries']) => {
      if (attempts === 0) return t('retriesOff')
      return idempotent ? t('retriesRepeat', { count: attempts }) : t('retriesText', { count: attempts })
    },
    slowStart: (ms: Policy['slowStartMs']) =>
      ms === 0 ? t('slowStartOff') : t('slowStartText', { time: duration(ms) }),
    panic: (percent: Policy['panicThreshold']) =>
      percent === 0 ? t('panicOff') : t('panicText', { share: format.percent(percent / 100, 0) }),
  }
}
