/** What the console records, for the filters: `kind.verb`. */
export const recordedActions = [
  'inference-service.created',
  'inference-service.updated',
  'inference-service.deleted',
  'inference-service.started',
  'inference-service.stopped',
  'service-token.rotated',
  'service-token.revealed',
  'service-token.ended',
  'service-token.updated',
  'gateway.updated',
  'revision.restored',
  'workspace.created',
  'workspace.updated',
  'workspace.default-gateway-set',
  'member.invited',
  'member.joined',
  'member.role-changed',
  'member.removed',
  'member.left',
  'member.invitation-revoked',
  'api-token.created',
  'api-token.revoked',
] as const

export const recordedKinds = [
  'inference-service',
  'gateway',
  'member',
  'invitation',
  'api-token',
  'workspace',
] as const
