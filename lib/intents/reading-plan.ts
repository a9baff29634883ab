/** A stretch of the text and how much a feature found in it counts. */
export interface Stretch {
  readonly start: number
  readonly end: number
  readonly weight: number
}

/** UTF-16 code units that are read of a text, however long it is: half from its beginning, half from its end. */
export const unitsReadMax = 2_000

/** Where people say what they want: before or after what they paste. */
const openingUnits = 240
const closingUnits = 160
const instructionWeight = 3
const pastedWeight = 1

/** What is read of a text of this length: beginning and end first, because a feature counts where it is met first. */
export function planReading(length: number): readonly Stretch[] {
  if (length <= openingUnits + closingUnits) return [{ start: 0, end: length, weight: instructionWeight }]
  const half = unitsReadMax / 2
  const closing = length - closingUnits
  const instructions = [
    { start: 0, end: openingUnits, weight: instructionWeight },
    { start: closing, end: length, weight: instructionWeight },
  ]
  if (length <= unitsReadMax)
    return [...instructions, { start: openingUnits, end: closing, weight: pastedWeight }]
  return [
    ...instructions,
    { start: openingUnits, end: half, weight: pastedWeight },
    { start: length - half, end: closing, weight: pastedWeight },
  ]
}
