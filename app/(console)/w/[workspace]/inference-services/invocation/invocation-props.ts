import type { InferenceService } from '@/lib/domain/inference-service.ts'

export type InvocationProps = { readonly workspace: string; readonly service: InferenceService }
