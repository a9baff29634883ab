import {
  type ModelApiProtocol,
  type ModelApiRoute,
  type ModelApiUseCase,
  routesOf,
} from '@/lib/domain/model-api-routes.ts'

/** Wire formats that callers of Model APIs speak, and that are converted. */
export type CallerFormat = 'openai-chat' | 'openai-completions' | 'openai-embeddings' | 'anthropic-messages'

const formats: ReadonlyMap<string, CallerFormat> = new Map([
  ['/v1/chat/completions', 'openai-chat'],
  ['/v1/completions', 'openai-completions'],
  ['/v1/embeddings', 'openai-embeddings'],
  ['/v1/messages', 'anthropic-messages'],
])
export const callerFormats: readonly CallerFormat[] = [...formats.values()]

/** How else a path is written, and is asked for as its route has it. */
const otherForms: ReadonlyMap<string, RegExp> = new Map([
  ['/v1/fine_tuning/jobs', /^\/v1\/fine-tuning(?:\/jobs)?(?=\/|$)/],
])

/** One route that a Model API has by itself. */
export class Operation {
  readonly route: ModelApiRoute
  readonly path: string
  /** Null: what callers send passes to the service as it is. */
  readonly format: CallerFormat | null
  /** In the words of an answer to a caller: `GET or POST`. */
  readonly methods: string
  readonly isWebSocket: boolean
  readonly #form: RegExp | null
  readonly #otherForm: RegExp | null

  /** `protocol`: of the API that it belongs to. */
  constructor(route: ModelApiRoute, protocol: ModelApiProtocol) {
    this.route = route
    this.path = route.path
    this.format = formats.get(route.path) ?? null
    this.methods = route.methods.join(' or ')
    this.isWebSocket = route.carries.includes('websocket')
    this.#otherForm = otherForms.get(route.path) ?? null
    this.#form = this.format === null ? formOf(route, protocol) : null
  }

  /** The path in the form that services know. */
  asKnown(path: string): string {
    return this.#otherForm === null ? path : path.replace(this.#otherForm, this.path)
  }

  /** `path`: below the base path, without the query, as services know it. */
  takes(path: string): boolean {
    return this.#form === null ? path === this.path : this.#form.test(path)
  }
}

/** Clients of some APIs write a slash at the end. A ComfyUI server has each of its routes below `/api` as well. */
function formOf({ path, match }: ModelApiRoute, protocol: ModelApiProtocol): RegExp {
  const above = protocol === 'comfyui' ? '(?:/api)?' : ''
  const form = path.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&').replaceAll(/\{\w+\}/g, '[^/]+')
  return new RegExp(`^${above}${form}${match === 'prefix' ? '(?:/.*)?' : '/?'}$`)
}

const known = new Map<string, readonly Operation[]>()

/** All that an API of this pair answers; empty where there is no such pair. */
export function operationsOf(useCase: ModelApiUseCase, protocol: ModelApiProtocol): readonly Operation[] {
  const pair = `${useCase} ${protocol}`
  const operations =
    known.get(pair) ?? routesOf(useCase, protocol).map((route) => new Operation(route, protocol))
  known.set(pair, operations)
  return operations
}
