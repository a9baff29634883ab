const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** What an id is an id of. The prefix tells a reader, and the schemas, which table to look in. */
export type IdPrefix =
  | 'ws'
  | 'mbr'
  | 'usr'
  | 'tok'
  | 'inv'
  | 'eas'
  | 'ins'
  | 'key'
  | 'gw'
  | 'node'
  | 'rev'
  | 'vpc'
  | 'vsw'
  | 'sg'
  | 'cert'
  | 'dom'
  | 'link'
  | 'wl'
  | 'nac'
  | 'src'
  | 'svc'
  | 'mapi'
  | 'csm'
  | 'act'
  | 'hev'
  | 'req'
  | 'rec'

/** A prefixed ULID: `svc_01JD…`. Sorts by creation time. Source: github.com/ulid/spec. */
export function createId(prefix: IdPrefix, now: number = Date.now()): string {
  return `${prefix}_${ulid(now)}`
}

/** Every id of this moment or later sorts behind it. */
export function firstIdAt(prefix: IdPrefix, moment: number): string {
  return `${prefix}_${ulid(moment).slice(0, 10)}`
}

export function ulid(now: number): string {
  let time = now
  let head = ''
  for (let digit = 0; digit < 10; digit++) {
    head = alphabet[time % 32] + head
    time = Math.floor(time / 32)
  }
  let tail = ''
  for (const byte of crypto.getRandomValues(new Uint8Array(16))) tail += alphabet[byte % 32]
  return head + tail
}
