import type { GatewayType } from './gateway.ts'

export interface BindingService {
  readonly vpcId: string | null
  /** Instances that take requests. */
  readonly replicas: number
}

export interface BindingGateway {
  readonly name: string
  readonly type: GatewayType
  /** ALB: of the network that it is enabled with; null while none is. */
  readonly vpcId: string | null
  readonly vpcName: string | null
}

export interface BindingComplaint {
  readonly path: 'gatewayId' | 'vpcId' | 'instances'
  readonly code: 'vpc_differs' | 'gateway_without_network' | 'no_replica'
  readonly message: string
}

/** Why a service cannot be bound to a gateway; empty when it can. The same rules for deploy, update, move and VPC changes. */
export function bindingComplaints(service: BindingService, gateway: BindingGateway): BindingComplaint[] {
  if (gateway.type === 'shared') return []
  const complaints: BindingComplaint[] = []
  if (service.replicas === 0) {
    complaints.push({
      path: 'instances',
      code: 'no_replica',
      message: `A dedicated gateway cannot scale from zero: a service on ${gateway.name} needs at least one replica that takes requests.`,
    })
  }
  if (gateway.type === 'alb' && gateway.vpcId === null) {
    complaints.push({
      path: 'gatewayId',
      code: 'gateway_without_network',
      message: `${gateway.name} has no network yet. Enable its VPC or Internet access first.`,
    })
  } else if (gateway.type === 'alb' && service.vpcId !== gateway.vpcId) {
    complaints.push({
      path: 'vpcId',
      code: 'vpc_differs',
      message: `${gateway.name} lives in ${gateway.vpcName ?? gateway.vpcId}, so this service must too.`,
    })
  }
  return complaints
}
