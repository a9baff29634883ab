'use client'

import { useTranslations } from 'use-intl'
import type { StatusTone } from '@/components/feedback/status-glyph.tsx'
import { StatusText } from '@/components/feedback/status-text.tsx'
import { useSentences } from '@/components/form/issue-text.ts'
import type { InferenceService } from '@/lib/domain/inference-service.ts'
import { useGatewayName } from '../../gateway-name.ts'
import type { MoveRow, MoveState } from './use-service-move.ts'

type MoveTableProps = {
  readonly services: readonly InferenceService[]
  /** Undefined until a gateway is chosen. */
  readonly rowOf: (id: string) => MoveRow | undefined
}

const tones: Record<MoveState, StatusTone> = {
  checking: 'pending',
  movable: 'ok',
  unchanged: 'idle',
  refused: 'bad',
  waiting: 'pending',
  moving: 'info',
  moved: 'ok',
}

/** Each service, where it is now, and whether it can move or how far it is. */
export function MoveTable({ services, rowOf }: MoveTableProps) {
  const t = useTranslations('inference-services.move')
  const nameOf = useGatewayName()
  return (
    <table className="w-full border-collapse text-control">
      <thead>
        <tr className="border-b border-line-strong text-left text-meta text-ink-3">
          <th className="w-[30%] py-1.5 pr-4 font-medium">{t('service')}</th>
          <th className="w-[22%] py-1.5 pr-4 font-medium">{t('now')}</th>
          <th className="py-1.5 font-medium">{t('check')}</th>
        </tr>
      </thead>
      <tbody>
        {services.map((service) => (
          <tr key={service.id} className="border-b border-line align-top">
            <td className="py-2 pr-4 font-mono [overflow-wrap:anywhere]">{service.name}</td>
            <td className="py-2 pr-4 [overflow-wrap:anywhere]">{nameOf(service.gateway)}</td>
            <td className="py-2" aria-live="polite">
              <Outcome row={rowOf(service.id)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Outcome({ row }: { readonly row: MoveRow | undefined }) {
  const t = useTranslations('inference-services.move')
  const sentence = useSentences()
  if (row === undefined) return <span className="text-ink-3">{t('notChecked')}</span>
  return (
    <>
      <StatusText tone={tones[row.state]}>{t(`states.${row.state}`)}</StatusText>
      {row.reasons.map((reason) => (
        <span key={reason} className="block text-meta text-ink-2">
          {sentence(reason)}
        </span>
      ))}
    </>
  )
}
