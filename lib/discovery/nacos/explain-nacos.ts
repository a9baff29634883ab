import { NacosError } from '@/lib/nacos/nacos-error.ts'

/** In one line, safe to show. */
export function explainNacos(error: unknown): string {
  if (!(error instanceof NacosError)) return 'Nacos answers nonsense.'
  switch (error.failure) {
    case 'not_allowed':
      return 'The egress policy forbids the address of the Nacos server.'
    case 'unreachable':
      return 'No Nacos server could be reached. Check address and port.'
    case 'timed_out':
      return 'No Nacos server answered in time.'
    case 'forbidden':
      return `Nacos: ${error.message} Check user and password, and that the user may read the namespace.`
    default:
      return `Nacos: ${error.message}`
  }
}
