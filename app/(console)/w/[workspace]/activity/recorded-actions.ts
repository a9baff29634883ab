/** What the console records, for the filters: `kind.verb`. */
export const recordedActions: readonly string[] = [
  'inference-service.created',
  'inference-service.updated',
  'inference-service.deleted',
  'inference-service.started',
  'inference-service.stopped',
  'service-token.rotated',
  'service-token.revealed',
  'service-token.ended',
  'gateway.updated',
  'gateway.restored',
  'workspace.created',
  'workspace.updated',
  'member.updated',
  'member.removed',
  'invitation.created',
  'invitation.revoked',
  'invitation.accepted',
  'api-token.created',
  'api-token.revoked',
]

export const recordedKinds: readonly string[] = [
  ...new Set(recordedActions.map((action) => action.split('.')[0] ?? action)),
]
