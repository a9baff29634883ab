/** How long each part of a run lasts. The sums stay below eight minutes, and below two with `--quick`. */
export interface Plan {
  readonly name: 'full' | 'quick'
  /** Open connections of the throughput part. */
  readonly connections: number
  readonly warmUpSeconds: number
  readonly throughput: Rounds
  readonly latency: Rounds
  /** New streams are opened one by one while others flow. */
  readonly firstByte: { readonly rounds: number; readonly probes: number; readonly streams: number }
  readonly chunksPerSecond: number
  /** How many streams at once, level by level, until one is not held. */
  readonly ladder: {
    readonly levels: readonly number[]
    readonly seconds: number
    /** A level that was not held is tried again, because the machine may have been the reason. */
    readonly tries: number
    /** Null: every contestant climbs. */
    readonly contestants: readonly string[] | null
  }
  /** Streams that are converted to another protocol on their way. */
  readonly convertedStreams: Rounds & { readonly streams: number; readonly chunksPerSecond: number }
  /** Quiet streams held open to weigh one. */
  readonly heldStreams: number
  /** Throughput with few and with many services. */
  readonly services: Rounds & { readonly few: number; readonly many: number }
  readonly revisions: {
    readonly rounds: number
    readonly requestsPerSecond: number
    readonly connections: number
  }
  /** Nothing may run longer. */
  readonly deadlineSeconds: number
}

export interface Rounds {
  readonly rounds: number
  readonly seconds: number
}

export const fullPlan: Plan = {
  name: 'full',
  connections: 32,
  warmUpSeconds: 2,
  throughput: { rounds: 5, seconds: 3 },
  latency: { rounds: 3, seconds: 2 },
  firstByte: { rounds: 3, probes: 200, streams: 64 },
  chunksPerSecond: 50,
  ladder: { levels: [512, 1_000, 1_500, 2_000], seconds: 4, tries: 2, contestants: null },
  convertedStreams: { streams: 200, chunksPerSecond: 20, rounds: 3, seconds: 4 },
  heldStreams: 1_000,
  services: { few: 10, many: 10_000, rounds: 5, seconds: 2 },
  revisions: { rounds: 5, requestsPerSecond: 800, connections: 16 },
  deadlineSeconds: 900,
}

export const quickPlan: Plan = {
  name: 'quick',
  connections: 32,
  warmUpSeconds: 0.7,
  throughput: { rounds: 3, seconds: 1 },
  latency: { rounds: 1, seconds: 1 },
  firstByte: { rounds: 1, probes: 120, streams: 64 },
  chunksPerSecond: 50,
  ladder: { levels: [512, 1_000], seconds: 2, tries: 1, contestants: ['direct', 'Switchyard'] },
  convertedStreams: { streams: 200, chunksPerSecond: 20, rounds: 1, seconds: 2 },
  heldStreams: 500,
  services: { few: 10, many: 10_000, rounds: 3, seconds: 1 },
  revisions: { rounds: 2, requestsPerSecond: 800, connections: 16 },
  deadlineSeconds: 300,
}
