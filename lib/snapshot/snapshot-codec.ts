import { type GatewaySnapshot, snapshotFormatVersion } from '@/lib/snapshot/snapshot.ts'

export class SnapshotFormatError extends Error {
  override readonly name = 'SnapshotFormatError'
}

export function encodeSnapshot(snapshot: GatewaySnapshot): string {
  return JSON.stringify(snapshot)
}

/** The text comes from our own console over an authenticated channel, so only format and shape at the top are checked here. */
export function decodeSnapshot(text: string): GatewaySnapshot {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new SnapshotFormatError('The snapshot is not JSON.', { cause })
  }
  if (!isRecord(value)) throw new SnapshotFormatError('The snapshot is not an object.')
  if (value['formatVersion'] !== snapshotFormatVersion) {
    throw new SnapshotFormatError(
      `The snapshot has format ${String(value['formatVersion'])}; this node reads format ${snapshotFormatVersion}. Upgrade the older of the two.`,
    )
  }
  if (typeof value['revision'] !== 'number' || !Array.isArray(value['services'])) {
    throw new SnapshotFormatError('The snapshot lacks a revision or its services.')
  }
  return value as unknown as GatewaySnapshot
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
