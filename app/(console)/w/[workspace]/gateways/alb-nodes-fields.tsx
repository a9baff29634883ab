import { useTranslations } from 'use-intl'
import * as z from 'zod'
import { NumberField } from '@/components/form/number-field.tsx'
import { albNodesMax } from '@/lib/domain/gateway.ts'

const bound = z.int().min(1).max(albNodesMax)

/** The least and the most nodes of an ALB gateway. */
export const albNodes = z
  .object({ nodes: bound, nodesMax: bound })
  .superRefine(({ nodes, nodesMax }, context) => {
    if (nodes <= nodesMax) return
    const message = `Not fewer than the least, which is ${nodes}.`
    context.addIssue({ code: 'custom', path: ['nodesMax'], message })
  })
export type AlbNodes = z.infer<typeof albNodes>

export function useAlbNodesLabels() {
  const t = useTranslations('gateway-create')
  return { nodes: t('fields.nodesMin'), nodesMax: t('fields.nodesMax') }
}

/** Inside any form that holds them. */
export function AlbNodesFields() {
  const t = useTranslations('gateway-create')
  const labels = useAlbNodesLabels()
  return (
    <div className="grid gap-4 md:grid-cols-2">
      <NumberField name="nodes" label={labels.nodes} min={1} max={albNodesMax} help={t('albNodesHelp')} />
      <NumberField name="nodesMax" label={labels.nodesMax} min={1} max={albNodesMax} />
    </div>
  )
}
