'use client'

import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { useController, useFormContext } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { Callout } from '@/components/feedback/callout.tsx'
import { FieldFrame } from '@/components/form/field-frame.tsx'
import { useField } from '@/components/form/use-field.ts'
import { Checkbox } from '@/components/ui/checkbox.tsx'
import { Select } from '@/components/ui/select.tsx'
import { TextLink } from '@/components/ui/text-link.tsx'
import { networkQueries } from '@/lib/client/networks-queries.ts'
import { chooseInZone, type ZoneChoice, zonesOf } from '@/lib/client/vswitch-choice.ts'
import { workspaceQueries } from '@/lib/client/workspaces-queries.ts'
import { useWorkspace } from '../../../use-workspace.ts'

/** In a form with `vpcId` and `vswitchIds`: one vSwitch in each of the zones chosen. */
export function VSwitchesField({ label, vpcId }: { readonly label: string; readonly vpcId: string }) {
  const t = useTranslations('gateway-access')
  const { workspace } = useWorkspace()
  const { data } = useQuery(networkQueries.vswitches(workspace, vpcId))
  const { control } = useFormContext<{ vswitchIds: string[] }>()
  const { id, error } = useField({ name: 'vswitchIds', control })
  const { field } = useController({ name: 'vswitchIds', control })
  const chosen = field.value
  const zones = zonesOf(data ?? [])
  if (data?.length === 0) {
    return (
      <Callout tone="warn">
        {t.rich('noVswitches', {
          link: (text) => <TextLink href={`/w/${workspace}/networks/vswitches?create=true`}>{text}</TextLink>,
        })}
      </Callout>
    )
  }
  return (
    <FieldFrame id={id} label={label} error={error} as="group" help={t('vswitchesHelp')}>
      {/* Complaints move the focus here: there is no single control to take it. */}
      <ul
        ref={field.ref}
        tabIndex={-1}
        aria-labelledby={`${id}-label`}
        className="divide-y divide-line border-y border-line outline-none"
      >
        {zones.map((zone) => (
          <ZoneRow
            key={zone.zone}
            zone={zone}
            chosen={chosen}
            onChoose={(vswitchId) => field.onChange(chooseInZone(chosen, zone, vswitchId))}
          />
        ))}
      </ul>
      {chosen.length === 1 ? (
        <div className="mt-2">
          <Callout tone="warn">{t('oneZone')}</Callout>
        </div>
      ) : null}
    </FieldFrame>
  )
}

interface ZoneRowProps {
  readonly zone: ZoneChoice
  readonly chosen: readonly string[]
  readonly onChoose: (vswitchId: string | null) => void
}

function ZoneRow({ zone: { zone, supported, vswitches }, chosen, onChoose }: ZoneRowProps) {
  const t = useTranslations('gateway-access')
  const id = useId()
  const { workspace } = useWorkspace()
  const installation = useQuery(workspaceQueries.detail(workspace)).data?.installation
  const zones = installation?.gatewayZones ?? installation?.zones ?? []
  const current = vswitches.find((vswitch) => chosen.includes(vswitch.id))
  return (
    <li className="grid grid-cols-[minmax(120px,1fr)_minmax(0,2fr)] items-center gap-3 py-2">
      <label htmlFor={id} className="flex items-center gap-2 text-control">
        <Checkbox
          id={id}
          checked={current !== undefined}
          disabled={!supported}
          onCheckedChange={(checked) => onChoose(checked ? (vswitches[0]?.id ?? null) : null)}
        />
        <span className={supported ? 'font-mono' : 'font-mono text-ink-3'}>{zone}</span>
      </label>
      {supported ? (
        <Select
          aria-label={t('vswitchIn', { zone })}
          items={vswitches.map((vswitch) => ({
            value: vswitch.id,
            label: vswitch.name,
            description: <span className="font-mono">{vswitch.cidr}</span>,
          }))}
          value={current?.id ?? null}
          placeholder={t('noVswitch')}
          onValueChange={onChoose}
        />
      ) : (
        <span className="text-meta text-ink-3">
          {t('zoneUnsupported', { zone, zones: zones.join(', ') })}
        </span>
      )}
    </li>
  )
}
