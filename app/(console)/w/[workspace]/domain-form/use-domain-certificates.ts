'use client'

import { useQuery } from '@tanstack/react-query'
import { certificateQueries } from '@/lib/client/certificates-queries.ts'
import type { Certificate } from '@/lib/domain/certificate.ts'
import type { GatewayType } from '@/lib/domain/gateway.ts'
import { useWorkspace } from '../use-workspace.ts'

const none: readonly Certificate[] = []

/** What domains of such a gateway can choose from: the installation's for the shared one, else the workspace's. */
export function useDomainCertificates(type: GatewayType | undefined): readonly Certificate[] {
  const { workspace } = useWorkspace()
  const { data = none } = useQuery(certificateQueries.list(workspace))
  return data.filter(({ installation }) => installation === (type === 'shared'))
}
