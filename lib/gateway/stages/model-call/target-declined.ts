/** A service answered with an error, and another target of the API is asked instead of telling the caller. */
export class TargetDeclined extends Error {
  override readonly name = 'TargetDeclined'
  readonly status: number

  constructor(status: number) {
    super(`The service answered ${status}.`)
    this.status = status
  }
}
