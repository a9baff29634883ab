'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { toast, toastFailure } from '@/components/feedback/toast.ts'
import { Button } from '@/components/ui/button.tsx'
import { ConsoleApiError } from '@/lib/client/console-api-error.ts'
import { useCreateVpc, useCreateVSwitch } from '@/lib/client/networks-queries.ts'
import { workspaceQueries } from '@/lib/client/workspaces-queries.ts'
import { nextFreeBlock } from '@/lib/domain/next-free-block.ts'
import { useWorkspace } from '../use-workspace.ts'
import { useNetworksRefusal } from './list-bar.tsx'

const cidrs = ['10.0.0.0/8']

/** One press: a VPC named default, with a vSwitch in every zone in which gateways can stand. */
export function DefaultVpcButton() {
  const t = useTranslations('networks.vpc')
  const { workspace } = useWorkspace()
  const refusal = useNetworksRefusal()
  const queryClient = useQueryClient()
  const createVpc = useCreateVpc(workspace)
  const createVSwitch = useCreateVSwitch(workspace)
  const [busy, setBusy] = useState(false)
  const make = async () => {
    const { installation } = await queryClient.ensureQueryData(workspaceQueries.detail(workspace))
    const { id: vpcId } = await createVpc.mutateAsync({ name: 'default', cidrs })
    const taken: string[] = []
    for (const zone of installation.gatewayZones ?? installation.zones) {
      const cidr = nextFreeBlock(cidrs, taken)
      if (cidr === null) break
      taken.push(cidr)
      await createVSwitch.mutateAsync({ vpcId, name: `default-${zone}`, zone, cidr })
    }
  }
  const press = async () => {
    setBusy(true)
    try {
      await make()
      toast(t('defaultDone'))
    } catch (error) {
      const requestId = error instanceof ConsoleApiError ? (error.requestId ?? undefined) : undefined
      toastFailure(t('defaultFailed'), { requestId })
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button variant="primary" loading={busy} disabledReason={refusal} onClick={() => void press()}>
      {t('createDefault')}
    </Button>
  )
}
