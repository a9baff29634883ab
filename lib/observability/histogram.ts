const boundsSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600]

/** A histogram that costs an array write per observation; a labelled client histogram hashes its labels each time. */
export class Histogram {
  readonly #counts = new Float64Array(boundsSeconds.length + 1)
  #sum = 0
  #count = 0

  observe(seconds: number): void {
    let index = 0
    while (index < boundsSeconds.length && seconds > (boundsSeconds[index] as number)) index++
    this.#counts[index] = (this.#counts[index] as number) + 1
    this.#sum += seconds
    this.#count += 1
  }

  /** Prometheus text lines without HELP and TYPE. `label` is one `name="value"` pair. */
  lines(name: string, label: string): string[] {
    const lines: string[] = []
    let cumulative = 0
    boundsSeconds.forEach((bound, index) => {
      cumulative += this.#counts[index] as number
      lines.push(`${name}_bucket{${label},le="${bound}"} ${cumulative}`)
    })
    lines.push(`${name}_bucket{${label},le="+Inf"} ${this.#count}`)
    lines.push(`${name}_sum{${label}} ${this.#sum}`, `${name}_count{${label}} ${this.#count}`)
    return lines
  }
}
