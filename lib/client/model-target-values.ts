import type { ModelTarget } from '@/lib/domain/model-routing.ts'

/** Empty: not chosen; an empty model is passed through. */
export interface TargetValues {
  serviceId: string
  model: string
}

export function emptyTarget(): TargetValues {
  return { serviceId: '', model: '' }
}

export function targetValues({ serviceId, model }: ModelTarget): TargetValues {
  return { serviceId, model: model ?? '' }
}

export function targetOf({ serviceId, model }: TargetValues): { serviceId: string; model: string | null } {
  return { serviceId, model: model.trim() === '' ? null : model }
}

/** Services belong to one gateway: on another one they are to be chosen again. */
export function withoutService<T extends { serviceId: string }>(values: T): T {
  return { ...values, serviceId: '' }
}

/** An emptied number is none: schemas refuse it. */
export function numberOf(value: number | null): number {
  return value ?? Number.NaN
}
