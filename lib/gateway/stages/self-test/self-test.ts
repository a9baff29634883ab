import type { SelfTestTicket } from '@/lib/snapshot/self-test-ticket.ts'

/** A self-test tries one plugin, and the others let it pass. */
export function isPassedBy(selfTest: SelfTestTicket | null, plugin: SelfTestTicket['plugin']): boolean {
  return selfTest !== null && selfTest.plugin !== plugin
}
