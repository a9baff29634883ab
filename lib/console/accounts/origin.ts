/** Where a request comes from, known before its caller is. */
export interface Origin {
  readonly address: string | null
  readonly userAgent: string | null
  readonly requestId: string
}
