import { defaultEgress } from '@/lib/control-plane/default-limits.ts'

/** What the console dials on behalf of workspaces is held to the same rule as what nodes dial. */
export const consoleEgress = defaultEgress
