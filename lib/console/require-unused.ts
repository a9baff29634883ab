import { AppError } from '@/lib/domain/error.ts'

interface User {
  readonly kind: string
  readonly id: string
  readonly name: string
}

const nouns: Readonly<Record<string, string>> = {
  gateway: 'gateway',
  'inference-service': 'inference service',
  domain: 'domain name',
  vswitch: 'vSwitch',
  service: 'service',
  source: 'source',
  'model-api': 'Model API',
}
const namedMax = 5

/** Throws `in_use` with all of them; the sentence names the first few. */
export function requireUnused(users: readonly User[]): void {
  if (users.length === 0) return
  const named = users.slice(0, namedMax).map(({ kind, name }) => `${nouns[kind] ?? kind} ${name}`)
  const rest = users.length - named.length
  const list = [...named, ...(rest > 0 ? [`${rest} more`] : [])].join(', ')
  throw new AppError('in_use', `It is used by ${list}. Change or delete them first.`, { current: { users } })
}
