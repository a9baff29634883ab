import { answerHere } from '@/lib/gateway/stages/answer-here/answer-here.ts'
import type { Observation } from '@/lib/gateway/stages/observe/observation.ts'
import { selfTestHeader } from '@/lib/snapshot/self-test-ticket.ts'

const passed = [selfTestHeader, 'passed', 'cache-control', 'no-store']
const nothing = Buffer.alloc(0)

/** The plugin that is tried has let the request pass: this is where a service would be chosen. */
export function answerSelfTest(observation: Observation): void {
  answerHere(observation, 200, passed, nothing)
}
