import { runAtOnce, type Steps } from '@/lib/platform/slices.ts'
import {
  type GatewaySnapshot,
  type InferenceServiceSnapshot,
  snapshotFormatVersion,
} from '@/lib/snapshot/snapshot.ts'

/**
 * The text of a snapshot, in lines: the head first, then one line for each service. Each line is one JSON object in
 * ASCII, so that a reader may cut bytes anywhere, and tells by comparing lines which services changed.
 */
export type SnapshotLines = readonly string[]

/** Everything but the services. */
export type SnapshotHead = Omit<GatewaySnapshot, 'services'> & {
  /** How many lines follow the head. */
  readonly serviceCount: number
}

export class SnapshotFormatError extends Error {
  override readonly name = 'SnapshotFormatError'
}

export function encodeHead(snapshot: GatewaySnapshot): string {
  const { formatVersion, revision, services, ...rest } = snapshot
  return asciiJson({ formatVersion, revision, serviceCount: services.length, ...rest })
}

export function encodeService(service: InferenceServiceSnapshot): string {
  return asciiJson(service)
}

export function encodeSnapshot(snapshot: GatewaySnapshot): string[] {
  return runAtOnce(encodeInSteps(snapshot))
}

export function* encodeInSteps(snapshot: GatewaySnapshot): Steps<string[]> {
  const lines = [encodeHead(snapshot)]
  for (const service of snapshot.services) {
    lines.push(encodeService(service))
    yield
  }
  return lines
}

/** The text comes from our own console over an authenticated channel, so only format and shape at the top are checked here. */
export function decodeHead(line: string): SnapshotHead {
  const value = parseObject(line, 'The snapshot')
  if (value['formatVersion'] !== snapshotFormatVersion) {
    throw new SnapshotFormatError(
      `The snapshot has format ${String(value['formatVersion'])}; this node reads format ${snapshotFormatVersion}. Upgrade the older of the two.`,
    )
  }
  if (typeof value['revision'] !== 'number' || !Number.isSafeInteger(value['serviceCount'])) {
    throw new SnapshotFormatError('The snapshot lacks a revision or its number of services.')
  }
  return value as unknown as SnapshotHead
}

export function decodeService(line: string): InferenceServiceSnapshot {
  return parseObject(line, 'A service of the snapshot') as unknown as InferenceServiceSnapshot
}

export function decodeSnapshot(lines: SnapshotLines): GatewaySnapshot {
  const [first = '', ...rest] = lines
  const { serviceCount, ...head } = decodeHead(first)
  if (rest.length !== serviceCount) {
    throw new SnapshotFormatError(`The snapshot has ${rest.length} of its ${serviceCount} services.`)
  }
  return { ...head, services: rest.map(decodeService) }
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
