import { measureIntents, printIntents } from './intents.ts'

/** Measures and prints classification alone. */
export function runIntents(root: string, rounds = 9): void {
  printIntents(measureIntents(root, rounds))
}
