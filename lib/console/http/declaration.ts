import type * as z from 'zod'
import type { Caller, WorkspaceCaller } from '@/lib/console/caller.ts'
import type { Permission } from '@/lib/domain/role.ts'

/**
 * Who may call: `public` anyone; `signed-in` any known caller; `installation` owners of the installation;
 * a permission: those who hold it in the workspace that the address names.
 */
export type Access = 'public' | 'signed-in' | 'installation' | Permission

/** Before a caller is known, a public route still knows where the request comes from. */
export type CallerFor<A extends Access> = A extends 'public'
  ? Anonymous
  : A extends 'signed-in' | 'installation'
    ? Caller
    : WorkspaceCaller

export interface Anonymous {
  readonly address: string | null
  readonly userAgent: string | null
  readonly requestId: string
}

type Parsed<T extends z.ZodType | undefined> = T extends z.ZodType ? z.output<T> : undefined
/** Lists may be readonly: an answer is only read. */
type Answer<T extends z.ZodType | null> = T extends z.ZodType ? WithReadonlyLists<z.input<T>> : unknown
type WithReadonlyLists<T> = { readonly [K in keyof T]: T[K] extends (infer U)[] ? readonly U[] : T[K] }

export interface RunInput<
  A extends Access,
  P extends z.ZodType | undefined,
  Q extends z.ZodType | undefined,
  B extends z.ZodType | undefined,
> {
  readonly caller: CallerFor<A>
  readonly params: Parsed<P>
  readonly query: Parsed<Q>
  readonly body: Parsed<B>
  readonly request: Request
  /** Headers of the answer. */
  readonly headers: Headers
}

export interface Declaration<
  A extends Access = Access,
  P extends z.ZodType | undefined = z.ZodType | undefined,
  Q extends z.ZodType | undefined = z.ZodType | undefined,
  B extends z.ZodType | undefined = z.ZodType | undefined,
  S extends z.ZodType | null = z.ZodType | null,
> {
  /** One line for the API document. */
  readonly summary: string
  readonly permission: A
  readonly params?: P
  readonly query?: Q
  readonly body?: B
  readonly success: readonly [status: number, schema: S]
  /** It creates, so it honours `Idempotency-Key`. */
  readonly creates?: true
  readonly run: (input: RunInput<A, P, Q, B>) => Promise<Answer<S>>
}

/** What the API document needs of a declaration. */
export interface RouteDescription {
  readonly summary: string
  readonly permission: Access
  readonly params: z.ZodType | undefined
  readonly query: z.ZodType | undefined
  readonly body: z.ZodType | undefined
  readonly success: readonly [status: number, schema: z.ZodType | null]
  /** Of the answer; absent: JSON. */
  readonly mediaType?: string
  readonly creates: boolean
}

export interface RouteHandler {
  (
    request: Request,
    context: { readonly params: Promise<Record<string, string | string[]>> },
  ): Promise<Response>
  readonly description: RouteDescription
}
