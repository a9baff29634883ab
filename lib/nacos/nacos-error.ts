/**
 * Why something could not be told to a Nacos server. `not_allowed`: outbound rules or the egress policy; `forbidden`:
 * user or password; `rejected`: it answered, but not as it should.
 */
export type NacosFailure = 'not_allowed' | 'unreachable' | 'timed_out' | 'forbidden' | 'rejected'

export class NacosError extends Error {
  override readonly name = 'NacosError'
  readonly failure: NacosFailure

  constructor(failure: NacosFailure, message: string, options?: ErrorOptions) {
    super(message, options)
    this.failure = failure
  }
}
