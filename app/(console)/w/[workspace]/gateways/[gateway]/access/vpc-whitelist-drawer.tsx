'use client'

import { useTranslations } from 'use-intl'
import { Drawer } from '@/components/ui/drawer.tsx'
import type { Gateway } from '@/lib/domain/gateway.ts'
import type { GatewayVpcLink } from '@/lib/domain/gateway-network.ts'
import { WhitelistEditor } from './whitelist-editor.tsx'

interface VpcWhitelistDrawerProps {
  readonly gateway: Gateway
  readonly link: GatewayVpcLink
  readonly onClose: () => void
}

/** Which addresses of one VPC may call. */
export function VpcWhitelistDrawer({ gateway, link, onClose }: VpcWhitelistDrawerProps) {
  const t = useTranslations('gateway-access')
  return (
    <Drawer
      open
      width={720}
      onOpenChange={onClose}
      title={t('vpcWhitelistTitle', { name: link.vpc.name })}
      description={t('vpcWhitelistText', { cidrs: link.vpc.cidrs.join(', ') })}
    >
      <WhitelistEditor gateway={gateway} place={{ link: link.id }} />
    </Drawer>
  )
}
