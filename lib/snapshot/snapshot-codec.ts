import { runAtOnce, type Steps } from '@/lib/platform/slices.ts'
import type { ConsumerSnapshot } from './consumer-snapshot.ts'
import type { ModelApiSnapshot } from './model-api-snapshot.ts'
import { type GatewaySnapshot, type InferenceServiceSnapshot, snapshotFormatVersion } from './snapshot.ts'
import type { UpstreamServiceSnapshot } from './upstream-service-snapshot.ts'

/**
 * The text of a snapshot, in lines: the head first, then one line for each inference service, each service of the AI
 * gateway, each Model API and each consumer, in this order. Each line is one JSON object in
 * ASCII, so that a reader may cut bytes anywhere, and tells by comparing lines what changed.
 */
export type SnapshotLines = readonly string[]

/** Everything but what has a line of its own, and how many of these lines follow. */
export type SnapshotHead = Omit<
  GatewaySnapshot,
  'services' | 'upstreamServices' | 'modelApis' | 'consumers'
> & {
  readonly serviceCount: number
  readonly upstreamServiceCount: number
  readonly modelApiCount: number
  readonly consumerCount: number
}

/** The lines of a snapshot by what they describe. */
export interface SnapshotParts {
  readonly services: readonly string[]
  readonly upstreamServices: readonly string[]
  readonly modelApis: readonly string[]
  readonly consumers: readonly string[]
}

export class SnapshotFormatError extends Error {
  override readonly name = 'SnapshotFormatError'
}

function encodeHead(snapshot: GatewaySnapshot): string {
  const { formatVersion, revision, services, upstreamServices, modelApis, consumers, ...rest } = snapshot
  return asciiJson({
    formatVersion,
    revision,
    serviceCount: services.length,
    upstreamServiceCount: upstreamServices.length,
    modelApiCount: modelApis.length,
    consumerCount: consumers.length,
    ...rest,
  })
}

export function encodeSnapshot(snapshot: GatewaySnapshot): string[] {
  return runAtOnce(encodeInSteps(snapshot))
}

export function* encodeInSteps(snapshot: GatewaySnapshot): Steps<string[]> {
  const lines = [encodeHead(snapshot)]
  const { services, upstreamServices, modelApis, consumers } = snapshot
  for (const part of [...services, ...upstreamServices, ...modelApis, ...consumers]) {
    lines.push(asciiJson(part))
    yield
  }
  return lines
}

/** How many lines the whole text has. */
export function lineCountOf(head: SnapshotHead): number {
  return 1 + head.serviceCount + head.upstreamServiceCount + head.modelApiCount + head.consumerCount
}

/** Throws `SnapshotFormatError` when lines are missing or too many. */
export function partsOf(lines: SnapshotLines, head: SnapshotHead): SnapshotParts {
  if (lines.length !== lineCountOf(head)) {
    throw new SnapshotFormatError(`The snapshot has ${lines.length} of its ${lineCountOf(head)} lines.`)
  }
  const upstreamsAt = 1 + head.serviceCount
  const apisAt = upstreamsAt + head.upstreamServiceCount
  const consumersAt = apisAt + head.modelApiCount
  return {
    services: lines.slice(1, upstreamsAt),
    upstreamServices: lines.slice(upstreamsAt, apisAt),
    modelApis: lines.slice(apisAt, consumersAt),
    consumers: lines.slice(consumersAt),
  }
}

/** The text comes from our own console over an authenticated channel, so only format and shape at the top are checked here. */
export function decodeHead(line: string): SnapshotHead {
  const value = parseObject(line, 'The snapshot')
  if (value['formatVersion'] !== snapshotFormatVersion) {
    throw new SnapshotFormatError(
      `The snapshot has format ${String(value['formatVersion'])}; this node reads format ${snapshotFormatVersion}. Upgrade the older of the two.`,
    )
  }
  const counts = ['serviceCount', 'upstreamServiceCount', 'modelApiCount', 'consumerCount']
  if (typeof value['revision'] !== 'number' || !counts.every((count) => Number.isSafeInteger(value[count]))) {
    throw new SnapshotFormatError('The snapshot lacks a revision or its number of lines.')
  }
  return value as unknown as SnapshotHead
}

export function decodeService(line: string): InferenceServiceSnapshot {
  return parseObject(line, 'A service of the snapshot') as unknown as InferenceServiceSnapshot
}

export function decodeUpstreamService(line: string): UpstreamServiceSnapshot {
  return parseObject(line, 'A service of the snapshot') as unknown as UpstreamServiceSnapshot
}

export function decodeModelApi(line: string): ModelApiSnapshot {
  return parseObject(line, 'A Model API of the snapshot') as unknown as ModelApiSnapshot
}

export function decodeConsumer(line: string): ConsumerSnapshot {
  return parseObject(line, 'A consumer of the snapshot') as unknown as ConsumerSnapshot
}

export function decodeSnapshot(lines: SnapshotLines): GatewaySnapshot {
  const head = decodeHead(lines[0] ?? '')
  const parts = partsOf(lines, head)
  const { serviceCount, upstreamServiceCount, modelApiCount, consumerCount, ...rest } = head
  return {
    ...rest,
    services: parts.services.map(decodeService),
    upstreamServices: parts.upstreamServices.map(decodeUpstreamService),
    modelApis: parts.modelApis.map(decodeModelApi),
    consumers: parts.consumers.map(decodeConsumer),
  }
}

function parseObject(line: string, what: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (cause) {
    throw new SnapshotFormatError(`${what} is not JSON.`, { cause })
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>
  }
  throw new SnapshotFormatError(`${what} is not an object.`)
}

function asciiJson(value: object): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
