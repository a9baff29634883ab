/** How long each part of a run lasts. The sums stay below four minutes, and below one with `--quick`. */
export interface Plan {
  readonly name: 'full' | 'quick'
  /** Open connections of the throughput part. */
  readonly connections: number
  readonly warmUpSeconds: number
  readonly throughput: { readonly rounds: number; readonly seconds: number }
  readonly latency: { readonly rounds: number; readonly seconds: number }
  readonly streaming: {
    readonly rounds: number
    readonly seconds: number
    readonly streams: number
    readonly chunksPerSecond: number
  }
  /** Quiet streams held open to weigh one. */
  readonly heldStreams: number
  /** Nothing may run longer. */
  readonly deadlineSeconds: number
}

export const fullPlan: Plan = {
  name: 'full',
  connections: 32,
  warmUpSeconds: 2,
  throughput: { rounds: 5, seconds: 3 },
  latency: { rounds: 3, seconds: 2 },
  streaming: { rounds: 2, seconds: 3, streams: 100, chunksPerSecond: 50 },
  heldStreams: 500,
  deadlineSeconds: 235,
}

export const quickPlan: Plan = {
  name: 'quick',
  connections: 32,
  warmUpSeconds: 0.7,
  throughput: { rounds: 3, seconds: 1 },
  latency: { rounds: 1, seconds: 1 },
  streaming: { rounds: 1, seconds: 1.5, streams: 40, chunksPerSecond: 50 },
  heldStreams: 200,
  deadlineSeconds: 58,
}
