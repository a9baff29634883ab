/** What one registration of a service in a Nacos cluster is doing. */
export class NacosMeter {
  readonly service: string
  readonly registration: string
  /** Instances that should be in the registry, and those that are as far as its servers said. */
  wanted = 0
  registered = 0
  /** Whether the last call was answered as it should. */
  isUp = true
  readonly failures = new Map<string, number>()

  constructor(service: string, registration: string) {
    this.service = service
    this.registration = registration
  }

  failed(reason: string): void {
    this.isUp = false
    this.failures.set(reason, (this.failures.get(reason) ?? 0) + 1)
  }
}
