import type { ModelRouting, ModelTarget } from '@/lib/domain/model-routing.ts'
import type { RouteReason } from '@/lib/domain/route-reason.ts'
import { chooseRoute } from './choose-route.ts'

/** A request that routing was asked about. */
export interface RoutedRequest {
  readonly id: string
  readonly model: string | null
  /** As the classifier saw it; empty: it was not sure; null: nobody looked. */
  readonly intent: string | null
  /** Null: no rule took its model. */
  readonly reason: RouteReason | null
  /** Where it went first; null: nowhere. */
  readonly place: Place | null
}

/** A service and what it is asked for. */
export interface Place {
  readonly serviceId: string
  readonly model: string | null
}

export interface Move {
  readonly from: Place | null
  readonly to: Place | null
  readonly requests: number
  /** The newest. */
  readonly examples: readonly string[]
}

export interface Replay {
  /** Without those whose intent is not known. */
  readonly known: number
  readonly unknown: number
  readonly moves: readonly Move[]
  readonly after: ReadonlyArray<{ readonly place: Place | null; readonly requests: number }>
  readonly isEstimate: boolean
}

const examplesMax = 3
/** Sums of shares are not exact. */
const leastMove = 0.005

/** What a routing does alike with: those that name one model and ask for one thing. */
interface Group {
  readonly requests: RoutedRequest[]
  readonly from: Shares
  readonly to: Shares
}

/**
 * Where these requests would go with another routing, and where they go with the present one; where that cannot be told,
 * where they went. Requests alike are looked at together, so that those which shares spread over the same targets count
 * as staying, whichever of them got which.
 */
export function replayRouting(
  requests: readonly RoutedRequest[],
  present: ModelRouting,
  draft: ModelRouting,
): Replay {
  const groups = new Map<string, Group>()
  let unknown = 0
  for (const request of requests) {
    const places = placesOf(request, present, draft)
    if (places === null) {
      unknown += 1
      continue
    }
    const key = JSON.stringify([request.model, request.intent])
    const group = groups.get(key) ?? { requests: [], from: new Shares(), to: new Shares() }
    groups.set(key, group)
    group.requests.push(request)
    const now = placesOf(request, present, present) ?? [[request.place, 1]]
    for (const [place, share] of now) group.from.add(place, share)
    for (const [place, share] of places) group.to.add(place, share)
  }
  const after = new Shares()
  for (const { to } of groups.values()) for (const [place, share] of to.entries()) after.add(place, share)
  return {
    known: requests.length - unknown,
    unknown,
    moves: movesOf([...groups.values()]),
    after: after
      .entries()
      .map(([place, share]) => ({ place, requests: share }))
      .sort(largestFirst),
    isEstimate: draft.mode === 'metrics' && !isSameMetrics(present, draft),
  }
}

/** Null: it cannot be told. */
function placesOf(
  request: RoutedRequest,
  present: ModelRouting,
  draft: ModelRouting,
): ReadonlyArray<readonly [Place | null, number]> | null {
  // What asks about a job goes where the job is, however new ones are routed.
  if (request.reason?.mode === 'affinity' || isSameMetrics(present, draft)) return [[request.place, 1]]
  if (draft.mode === 'intent') {
    const intent = intentFor(request, draft)
    if (intent === null) return null
    // An intent may be called `constructor`.
    const target = Object.hasOwn(draft.intents, intent) ? draft.intents[intent] : undefined
    return [[placeOf(target ?? draft.default, request), 1]]
  }
  const { targets } = chooseRoute(draft, { model: request.model, prompt: '' })
  if (targets.length === 0) return [[null, 1]]
  return targets.map(({ target, share }) => [
    placeOf(target, request),
    share === undefined ? 1 / targets.length : share / 100,
  ])
}

/** What the draft's classifier would say, where it has said it. */
function intentFor(
  { intent, reason }: RoutedRequest,
  { classifier }: ModelRouting & { readonly mode: 'intent' },
): string | null {
  const saidBy = reason?.mode === 'intent' ? reason.classifier : 'local'
  if (saidBy !== classifier.type || (reason?.mode === 'intent' && reason.problem !== null)) return null
  return intent
}

function isSameMetrics(present: ModelRouting, draft: ModelRouting): boolean {
  if (present.mode !== 'metrics' || draft.mode !== 'metrics' || present.objective !== draft.objective)
    return false
  return JSON.stringify(present.targets) === JSON.stringify(draft.targets)
}

function placeOf({ serviceId, model }: ModelTarget, request: RoutedRequest): Place {
  return { serviceId, model: model ?? request.model }
}

function movesOf(groups: readonly Group[]): Move[] {
  const moves = new Map<
    string,
    { from: Place | null; to: Place | null; requests: number; examples: string[] }
  >()
  for (const { requests, from, to } of groups) {
    const surplus = from.without(to)
    const want = to.without(from)
    for (const [source, leaving] of surplus) {
      let left = leaving
      for (const wanted of want) {
        const [place, missing] = wanted
        const count = Math.min(left, missing)
        if (count < leastMove) continue
        left -= count
        wanted[1] -= count
        const key = `${keyOf(source)} ${keyOf(place)}`
        const move = moves.get(key) ?? { from: source, to: place, requests: 0, examples: [] }
        moves.set(key, move)
        move.requests += count
        move.examples.push(...requests.slice(0, examplesMax).map(({ id }) => id))
      }
    }
  }
  return [...moves.values()]
    .map((move) => ({ ...move, examples: newestOf(move.examples) }))
    .sort(largestFirst)
}

/** Ids sort by time. */
function newestOf(ids: readonly string[]): string[] {
  return ids.toSorted().reverse().slice(0, examplesMax)
}

function largestFirst(left: { readonly requests: number }, right: { readonly requests: number }): number {
  return right.requests - left.requests
}

/** How many requests go where. */
class Shares {
  readonly #byPlace = new Map<string, { readonly place: Place | null; share: number }>()

  add(place: Place | null, share: number): void {
    const key = keyOf(place)
    const known = this.#byPlace.get(key)
    if (known === undefined) this.#byPlace.set(key, { place, share })
    else known.share += share
  }

  entries(): Array<[Place | null, number]> {
    return [...this.#byPlace.values()].map(({ place, share }) => [place, share])
  }

  /** What is more here than there. */
  without(other: Shares): Array<[Place | null, number]> {
    return this.entries()
      .map(([place, share]): [Place | null, number] => [place, share - other.#shareOf(place)])
      .filter(([, share]) => share >= leastMove)
  }

  #shareOf(place: Place | null): number {
    return this.#byPlace.get(keyOf(place))?.share ?? 0
  }
}

function keyOf(place: Place | null): string {
  return place === null ? '' : JSON.stringify([place.serviceId, place.model])
}
