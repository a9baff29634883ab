import { measureConversions } from './conversions.ts'
import { fine, printTable, whole } from './print-table.ts'

/** Measures and prints all pairs. */
export function runConversions(rounds = 5, roundMs = 80): void {
  const figures = measureConversions(rounds, roundMs)
  console.log(
    `\nStreams converted, chunks per CPU-second, node ${process.version}, median of ${rounds} rounds`,
  )
  printTable(
    ['caller ← service', 'converted', 'plain JSON', 'plain ÷ converted'],
    figures.map(({ caller, service, chunksPerSecond, plainPerSecond }) => [
      `${caller} ← ${service}`,
      whole(chunksPerSecond),
      whole(plainPerSecond),
      fine(plainPerSecond / chunksPerSecond),
    ]),
  )
}
