/** One press that makes weights sum to 100. */
export type WeightRepair =
  | { readonly kind: 'even'; readonly weights: readonly number[] }
  | {
      readonly kind: 'give' | 'take'
      readonly weights: readonly number[]
      readonly index: number
      readonly amount: number
    }

export function sumOfWeights(weights: readonly (number | null)[]): number {
  return weights.reduce<number>((sum, weight) => sum + (weight ?? 0), 0)
}

/** What is missing goes to the last row, what is too much is taken from the heaviest; nothing when the sum is right. */
export function weightRepairs(weights: readonly (number | null)[]): WeightRepair[] {
  const numbers = weights.map((weight) => weight ?? 0)
  const missing = 100 - sumOfWeights(numbers)
  if (missing === 0 || numbers.length === 0) return []
  const even: WeightRepair = { kind: 'even', weights: evenly(numbers.length) }
  const index = missing > 0 ? numbers.length - 1 : numbers.indexOf(Math.max(...numbers))
  const repaired = (numbers[index] ?? 0) + missing
  if (!Number.isInteger(repaired) || repaired < 0 || repaired > 100) return [even]
  const kind = missing > 0 ? 'give' : 'take'
  return [even, { kind, weights: numbers.with(index, repaired), index, amount: Math.abs(missing) }]
}

function evenly(count: number): number[] {
  const share = Math.floor(100 / count)
  return Array.from({ length: count }, (_, index) => share + (index < 100 - share * count ? 1 : 0))
}
