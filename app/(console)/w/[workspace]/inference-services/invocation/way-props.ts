import type { ServiceEndpoints } from '@/lib/domain/service-endpoints.ts'
import type { SideOf } from './invocation-choice.ts'
import type { InvocationProps } from './invocation-props.ts'

/** What the contents of every tab are made of. */
export type WayProps = InvocationProps & {
  readonly endpoints: ServiceEndpoints
  readonly side: SideOf
}
